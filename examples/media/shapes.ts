import type { Shape } from './picture.ts';

/** A point in pixels. */
export type Point = readonly [x: number, y: number];

/** Where a group of shapes is: moved, turned and scaled together. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  /** Clockwise, in radians. */
  readonly angle: number;
  readonly scale: number;
}

/** An ellipse around a centre, with a radius each way. */
export function ellipse(place: Placement, [cx, cy]: Point, [rx, ry]: Point): Shape {
  return inPlace(place, (x, y) => {
    const [dx, dy] = [x - cx, y - cy];
    const nearness = Math.hypot(dx / rx, dy / ry);
    const slope = Math.hypot(dx / (rx * rx), dy / (ry * ry));
    return slope === 0 ? -Math.min(rx, ry) : (nearness * (nearness - 1)) / slope;
  });
}

/** A line of a width along a curve from `start` over `middle` (which pulls it) to `end`. */
export function curve(
  place: Placement,
  points: readonly [Point, Point, Point],
  width: number,
): Shape {
  const steps = 14;
  const path = Array.from({ length: steps + 1 }, (_, step) => pointOnCurve(points, step / steps));
  return inPlace(place, (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (let index = 0; index < steps; index += 1) {
      const [start, end] = [path[index], path[index + 1]];
      if (start && end) nearest = Math.min(nearest, distanceToLine([x, y], start, end));
    }
    return nearest - width / 2;
  });
}

/** What is in both shapes. */
export function both(left: Shape, right: Shape): Shape {
  return (x, y) => Math.max(left(x, y), right(x, y));
}

/** What is in the first shape and not in the second. */
export function without(shape: Shape, hole: Shape): Shape {
  return (x, y) => Math.max(shape(x, y), -hole(x, y));
}

function inPlace({ x, y, angle, scale }: Placement, shape: Shape): Shape {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  return (pixelX, pixelY) => {
    const [dx, dy] = [(pixelX - x) / scale, (pixelY - y) / scale];
    return shape(dx * cosine + dy * sine, dy * cosine - dx * sine) * scale;
  };
}

function pointOnCurve([start, middle, end]: readonly [Point, Point, Point], t: number): Point {
  const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
  return [a * start[0] + b * middle[0] + c * end[0], a * start[1] + b * middle[1] + c * end[1]];
}

function distanceToLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - dx * share, y - ay - dy * share);
}
