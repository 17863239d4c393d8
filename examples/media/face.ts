import { type Colour, createPicture, type Picture, paint, paintGradient } from './picture.ts';
import { both, curve, ellipse, type Placement, type Point, without } from './shapes.ts';

/** What the person looks like. */
export interface Look {
  readonly wallTop: Colour;
  readonly wallBottom: Colour;
  readonly skin: Colour;
  readonly shade: Colour;
  readonly hair: Colour;
  readonly iris: Colour;
  readonly jumper: Colour;
}

/** How long a blink takes, and the moments of the blinks, in seconds. */
const BLINK_SECONDS = 0.28;
const BLINKS = [0.9, 2.6, 2.95, 4.4];

/** Draws the person at a moment of the clip, given in seconds. */
export function drawFace(width: number, height: number, look: Look, seconds: number): Picture {
  const picture = createPicture(width, height);
  const scale = height / 360;
  const sway = Math.sin((2 * Math.PI * seconds) / 5);
  const nod = Math.sin((2 * Math.PI * seconds) / 2.5 + 1);
  const still: Placement = { x: width / 2, y: height * 0.46, angle: 0, scale };
  const body: Placement = { ...still, x: still.x + 4 * sway * scale };
  const head: Placement = {
    x: still.x + 13 * sway * scale,
    y: still.y + 3 * nod * scale,
    angle: 0.06 * sway,
    scale,
  };
  drawWall(picture, still, look);
  drawBody(picture, body, look);
  drawHead(picture, head, look);
  for (const side of [-1, 1]) drawEye(picture, head, look, side, seconds);
  drawNoseAndMouth(picture, head, look, seconds);
  drawFringe(picture, head, look);
  return picture;
}

function drawWall(picture: Picture, place: Placement, look: Look): void {
  paintGradient(picture, look.wallTop, look.wallBottom);
  const lights: [number, number, number][] = [
    [-250, -90, 46],
    [-190, 20, 26],
    [235, -60, 58],
    [180, -140, 24],
    [290, 60, 30],
  ];
  for (const [x, y, radius] of lights) {
    const light = ellipse(place, [x, y], [radius, radius]);
    paint(picture, light, { colour: [255, 244, 214], opacity: 0.22, softness: 8 * place.scale });
  }
}

function drawBody(picture: Picture, place: Placement, { skin, shade, hair, jumper }: Look): void {
  paint(picture, ellipse(place, [0, 24], [104, 128]), { colour: hair });
  paint(picture, ellipse(place, [0, 236], [170, 104]), { colour: jumper });
  paint(
    picture,
    curve(
      place,
      [
        [0, 70],
        [0, 110],
        [0, 140],
      ],
      62,
    ),
    { colour: shade },
  );
  paint(picture, ellipse(place, [0, 140], [46, 22]), { colour: skin });
  const collar = without(ellipse(place, [0, 140], [58, 30]), ellipse(place, [0, 134], [46, 24]));
  paint(picture, collar, { colour: lighter(jumper, 0.25) });
}

function drawHead(picture: Picture, place: Placement, { skin, shade, hair }: Look): void {
  paint(picture, ellipse(place, [0, -34], [96, 98]), { colour: hair });
  for (const side of [-1, 1]) {
    paint(picture, ellipse(place, [84 * side, 8], [15, 23]), { colour: skin });
    paint(picture, ellipse(place, [85 * side, 9], [8, 14]), { colour: shade, opacity: 0.6 });
  }
  const face = ellipse(place, [0, 8], [82, 104]);
  paint(picture, face, { colour: skin });
  const shadow = { colour: shade, softness: 26 * place.scale, inside: face };
  paint(picture, ellipse(place, [70, 40], [34, 80]), { ...shadow, opacity: 0.5 });
  for (const side of [-1, 1]) {
    const cheek = ellipse(place, [46 * side, 44], [20, 13]);
    paint(picture, cheek, { colour: [240, 128, 118], opacity: 0.45, softness: 14 * place.scale });
  }
}

function drawEye(
  picture: Picture,
  place: Placement,
  { skin, shade, hair, iris }: Look,
  side: number,
  seconds: number,
): void {
  const open = eyeOpenness(seconds);
  const x = 34 * side;
  const gaze = 3 * Math.sin((2 * Math.PI * seconds) / 5 + 0.8);
  paint(picture, ellipse(place, [x, 2], [22, 17]), { colour: shade, opacity: 0.35, softness: 5 });
  paint(picture, ellipse(place, [x, 2], [19, 14]), { colour: lighter(skin, -0.06) });
  if (open > 0.12) {
    const white = ellipse(place, [x, 3], [18, 13 * open]);
    paint(picture, white, { colour: [252, 250, 246] });
    paint(picture, ellipse(place, [x + gaze, 3], [9.5, 9.5]), { colour: iris, inside: white });
    paint(picture, ellipse(place, [x + gaze, 3], [4.6, 4.6]), {
      colour: [22, 18, 20],
      inside: white,
    });
    const glint = ellipse(place, [x + gaze + 3, -0.5], [2.4, 2.4]);
    paint(picture, glint, { colour: [255, 255, 255], inside: white });
  }
  const lid = 3 - 17 * open;
  const lash: [Point, Point, Point] = [
    [x - 19, 4],
    [x, lid + (1 - open) * 8],
    [x + 19, 4],
  ];
  paint(picture, curve(place, lash, 3.4), { colour: lighter(hair, -0.4) });
  const lift = 2 * Math.max(0, Math.sin((2 * Math.PI * seconds) / 2.5));
  const brow: [Point, Point, Point] = [
    [x - 21 * side, -21 - lift],
    [x + 2 * side, -34 - lift],
    [x + 22 * side, -20 - lift],
  ];
  paint(picture, curve(place, brow, 6), { colour: lighter(hair, -0.15) });
}

function drawNoseAndMouth(
  picture: Picture,
  place: Placement,
  { shade }: Look,
  seconds: number,
): void {
  const nose = { colour: lighter(shade, -0.12), opacity: 0.75 };
  paint(
    picture,
    curve(
      place,
      [
        [-10, 38],
        [2, 47],
        [12, 36],
      ],
      3.4,
    ),
    nose,
  );
  // The mouth moves as if it spoke a few syllables a second; a real model would animate it.
  const speech =
    Math.sin(2 * Math.PI * 2.6 * seconds) * Math.sin(2 * Math.PI * 0.7 * seconds + 0.4);
  const open = 4 + 9 * Math.max(0, speech);
  const lips = ellipse(place, [0, 70], [27, open + 5]);
  paint(picture, lips, { colour: [196, 84, 86] });
  const inner = ellipse(place, [0, 70], [21, open]);
  paint(picture, inner, { colour: [92, 28, 38] });
  const teeth = both(inner, ellipse(place, [0, 70 - open], [17, 5]));
  paint(picture, teeth, { colour: [250, 246, 240], inside: inner });
  for (const side of [-1, 1]) {
    const corner: [Point, Point, Point] = [
      [24 * side, 70],
      [29 * side, 68],
      [32 * side, 63],
    ];
    paint(picture, curve(place, corner, 2.6), { colour: lighter(shade, -0.25), opacity: 0.8 });
  }
}

function drawFringe(picture: Picture, place: Placement, { hair }: Look): void {
  const crown = ellipse(place, [0, -22], [91, 88]);
  const parting = both(crown, without(crown, ellipse(place, [20, 42], [88, 96])));
  paint(picture, parting, { colour: hair });
  const shine: [Point, Point, Point] = [
    [-58, -72],
    [-20, -104],
    [34, -96],
  ];
  const gloss = { colour: lighter(hair, 0.3), opacity: 0.5, softness: 5 * place.scale };
  paint(picture, curve(place, shine, 9), gloss);
}

/** 1 when the eyes are open, 0 in the middle of a blink. */
function eyeOpenness(seconds: number): number {
  for (const start of BLINKS) {
    const share = (seconds - start) / BLINK_SECONDS;
    if (share >= 0 && share <= 1) return Math.cos(Math.PI * share) ** 2;
  }
  return 1;
}

/** A colour moved towards white (positive share) or black (negative share). */
function lighter(colour: Colour, share: number): Colour {
  const target = share > 0 ? 255 : 0;
  const [red, green, blue] = colour;
  const move = (value: number): number => value + (target - value) * Math.abs(share);
  return [move(red), move(green), move(blue)];
}
