/** A colour: red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A shape: how far a point is outside it, in pixels. Negative inside. */
export type Shape = (x: number, y: number) => number;

/** How to paint a shape. */
export interface Brush {
  readonly colour: Colour;
  /** 0 to 1. Default 1. */
  readonly opacity?: number;
  /** Width of the edge in pixels; more is a blur. Default 1.2. */
  readonly softness?: number;
  /** Paint only inside this shape. */
  readonly inside?: Shape;
}

/** A picture of RGBA pixels to paint on. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
}

/** An empty picture. */
export function createPicture(width: number, height: number): Picture {
  return { width, height, pixels: new Uint8ClampedArray(width * height * 4).fill(255) };
}

/** Fills the picture from one colour at the top to another at the bottom. */
export function paintGradient(
  { width, height, pixels }: Picture,
  top: Colour,
  bottom: Colour,
): void {
  for (let y = 0; y < height; y += 1) {
    const share = y / (height - 1);
    for (let x = 0; x < width; x += 1) {
      for (const channel of [0, 1, 2] as const) {
        pixels[(y * width + x) * 4 + channel] =
          top[channel] + (bottom[channel] - top[channel]) * share;
      }
    }
  }
}

/** Paints a shape over what is there, with smooth edges. */
export function paint({ width, height, pixels }: Picture, shape: Shape, brush: Brush): void {
  const { colour, opacity = 1, softness = 1.2, inside } = brush;
  for (let y = 0; y < height; y += 1) {
    let x = 0;
    while (x < width) {
      const distance = shape(x, y);
      if (distance >= softness) {
        // Nothing of the shape is nearer than this; half of it allows for rough distances.
        x += Math.max(1, Math.floor((distance - softness) / 2));
        continue;
      }
      const clip = inside === undefined ? 1 : coverage(inside(x, y), 1.2);
      const alpha = opacity * clip * coverage(distance, softness);
      for (const channel of [0, 1, 2] as const) {
        const index = (y * width + x) * 4 + channel;
        const below = pixels[index] ?? 0;
        pixels[index] = below + (colour[channel] - below) * alpha;
      }
      x += 1;
    }
  }
}

/** How much of a pixel at this distance from an edge is painted: 1 inside, 0 outside. */
function coverage(distance: number, softness: number): number {
  const share = Math.min(1, Math.max(0, 0.5 - distance / (2 * softness)));
  return share * share * (3 - 2 * share);
}
