import { numberTicks, type Tick, timeTicks } from './axis-ticks.js';
import { formatCost, formatCount, formatTime } from './format.js';
import { type Html, html } from './html.js';
import type { ProgressPoint } from './read-progress.js';

/** In units of the picture, which are pixels when it has its full size. */
const size = { width: 880, height: 300, left: 64, right: 72, top: 12, bottom: 48 };
const right = size.width - size.right;
const floor = size.height - size.bottom;

/**
 * Draws how a batch went on: items on the left, cost on the right, time below. The lines go up where
 * something happened and are level in between.
 *
 * @param points at least one.
 */
export function progressPlot(points: readonly ProgressPoint[]): Html {
  const [first, last] = [points[0], points.at(-1)] as [ProgressPoint, ProgressPoint];
  const from = first.at.getTime();
  // One moment alone is no span of time.
  const to = Math.max(last.at.getTime(), from + 1000);
  const items = numberTicks(last.settled, formatCount, 1);
  const costs = numberTicks(last.cost, formatCost, 0.01);
  const times = timeTicks(from, to);
  const x = (time: number) => size.left + ((time - from) / (to - from)) * (right - size.left);
  const scale = (ticks: readonly Tick[]) => (value: number) =>
    floor - (value / (ticks.at(-1)?.value ?? 1)) * (floor - size.top);
  const [itemsY, costsY] = [scale(items), scale(costs)];
  const line = (name: string, y: (value: number) => number, of: (point: ProgressPoint) => number) =>
    html`<path class="line ${name}" d="${steps(points.map((point) => [x(point.at.getTime()), y(of(point))]))}"/>`;

  return html`<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="plot-title plot-description">
<title id="plot-title">Progress over time</title>
<desc id="plot-description">From ${formatTime(first.at)} to ${formatTime(last.at)} ${formatCount(last.settled)} items settled, ${formatCount(last.failed)} of which failed, at a cost of ${formatCost(last.cost)}. The table below has the figures.</desc>
${items.map(({ value, label }) => html`<path class="grid" d="M${size.left} ${round(itemsY(value))}H${right}"/><text class="left" x="${size.left - 8}" y="${round(itemsY(value) + 4)}">${label}</text>`)}
${costs.map(({ value, label }) => html`<text x="${right + 8}" y="${round(costsY(value) + 4)}">${label}</text>`)}
${times.map(({ value, label }) => html`<path class="grid" d="M${round(x(value))} ${floor}v5"/><text class="below" x="${round(x(value))}" y="${floor + 19}">${label}</text>`)}
<text class="left" x="${size.left - 8}" y="${size.height - 6}">Items</text><text x="${right + 8}" y="${size.height - 6}">Cost</text><text class="below" x="${(size.left + right) / 2}" y="${size.height - 6}">Time (UTC), from ${formatTime(first.at).replace(' UTC', '')}</text>
${line('settled', itemsY, ({ settled }) => settled)}
${line('failed', itemsY, ({ failed }) => failed)}
${line('cost', costsY, ({ cost }) => cost)}
</svg>`;
}

/** A path that is level until the next point, and then goes up. */
function steps(points: readonly (readonly [number, number])[]): string {
  let [path, height] = ['', ''];
  for (const [index, [x, y]] of points.entries()) {
    const isLast = index === points.length - 1;
    if (path === '') path = `M${round(x)} ${round(y)}`;
    else if (height !== round(y)) path += `H${round(x)}V${round(y)}`;
    else if (isLast) path += `H${round(x)}`;
    height = round(y);
  }
  return path;
}

function round(length: number): string {
  return `${Math.round(length * 10) / 10}`;
}
