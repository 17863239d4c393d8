import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { numberTicks, type Tick, timeTicks } from './axis-ticks.js';
import { formatCost, formatCount, formatTime } from './format.js';
import type { Content } from './page-state.js';

type Point = Content['progress'][number];

const height = 260;
const [top, bottom] = [12, 44];
const floor = height - bottom;
/** A digit of an axis has 7 px. */
const digit = 7;
/** Rows of the table that says what the picture shows. */
const mostRows = 24;
/** A time on the axis needs so many px. */
const tickWidth = 110;

/** How the batch went on: items on the left, cost on the right, time below; and the same as a table. */
export function ProgressPlot({ points }: { points: Point[] }) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(880);
  const isEmpty = points.length === 0;
  useLayoutEffect(() => {
    if (isEmpty || !frame.current) return;
    const watcher = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(280, Math.round(entry.contentRect.width)));
    });
    watcher.observe(frame.current);
    return () => watcher.disconnect();
  }, [isEmpty]);
  return (
    <section class="panel" aria-labelledby="plot-heading">
      <h2 class="panel-heading" id="plot-heading">
        Over time
      </h2>
      {isEmpty ? (
        <p class="note">Nothing has settled yet.</p>
      ) : (
        <>
          <ul class="legend">
            <li class="settled">Settled items, failed ones among them</li>
            <li class="failed">Failed items</li>
            <li class="cost">Cost, as far as known</li>
          </ul>
          <div ref={frame}>
            <Plot points={points} width={width} />
          </div>
          <details>
            <summary>The same as a table</summary>
            <PointTable points={points} />
          </details>
        </>
      )}
    </section>
  );
}

/** The lines go up where something happened and are level in between. */
function Plot({ points, width }: { points: Point[]; width: number }) {
  const plot = useMemo(() => layOut(points, width), [points, width]);
  const { first, last, items, costs, times, left, right, x, itemsY, costsY } = plot;
  const line = (name: string, y: (value: number) => number, of: (point: Point) => number) => (
    <path
      class={`line ${name}`}
      d={steps(points.map((point) => [x(Date.parse(point.at)), y(of(point))]))}
    />
  );
  return (
    <svg class="plot" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={told(first, last)}>
      {items.map(({ value, label }) => (
        <g key={value}>
          <path class="grid" d={`M${left} ${round(itemsY(value))}H${right}`} />
          <text class="before" x={left - 8} y={round(itemsY(value) + 4)}>
            {label}
          </text>
        </g>
      ))}
      {costs.map(({ value, label }) => (
        <text key={value} x={right + 8} y={round(costsY(value) + 4)}>
          {label}
        </text>
      ))}
      {times.map(({ value, label }) => (
        <g key={value}>
          <path class="grid" d={`M${round(x(value))} ${floor}v5`} />
          <text class="below" x={round(x(value))} y={floor + 19}>
            {label}
          </text>
        </g>
      ))}
      <text class="before" x={left - 8} y={height - 6}>
        Items
      </text>
      <text x={right + 8} y={height - 6}>
        Cost
      </text>
      <text class="below" x={(left + right) / 2} y={height - 6}>
        Time (UTC), from {formatTime(new Date(first.at)).replace(' UTC', '')}
      </text>
      {line('settled', itemsY, ({ settled }) => settled)}
      {line('failed', itemsY, ({ failed }) => failed)}
      {line('cost', costsY, ({ cost }) => cost)}
    </svg>
  );
}

function layOut(points: Point[], width: number) {
  const [first, last] = [points[0], points.at(-1)] as [Point, Point];
  const from = Date.parse(first.at);
  // One moment alone is no span of time.
  const to = Math.max(Date.parse(last.at), from + 1000);
  const items = numberTicks(last.settled, formatCount, 1);
  const costs = numberTicks(last.cost, formatCost, 0.01);
  const left = 16 + widest(items);
  const right = width - 12 - widest(costs);
  const times = timeTicks(from, to, Math.max(2, Math.floor((right - left) / tickWidth)));
  const scale = (ticks: readonly Tick[]) => (value: number) =>
    floor - (value / (ticks.at(-1)?.value ?? 1)) * (floor - top);
  const x = (time: number) => left + ((time - from) / (to - from)) * (right - left);
  return {
    first,
    last,
    items,
    costs,
    times,
    left,
    right,
    x,
    itemsY: scale(items),
    costsY: scale(costs),
  };
}

/** In px; the name of the axis stands there too. */
function widest(ticks: readonly Tick[]): number {
  return digit * Math.max(5, ...ticks.map(({ label }) => label.length));
}

function told(first: Point, last: Point): string {
  return `From ${formatTime(new Date(first.at))} to ${formatTime(new Date(last.at))} ${formatCount(last.settled)} items settled, ${formatCount(last.failed)} of which failed, at a cost of ${formatCost(last.cost)}. The table below has the figures.`;
}

/** A path that is level until the next point, and then goes up. */
function steps(points: readonly (readonly [number, number])[]): string {
  let [path, level] = ['', ''];
  for (const [index, [x, y]] of points.entries()) {
    const isLast = index === points.length - 1;
    if (path === '') path = `M${round(x)} ${round(y)}`;
    else if (level !== round(y)) path += `H${round(x)}V${round(y)}`;
    else if (isLast) path += `H${round(x)}`;
    level = round(y);
  }
  return path;
}

function round(length: number): string {
  return `${Math.round(length * 10) / 10}`;
}

function PointTable({ points }: { points: Point[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Until</th>
          <th scope="col">Settled</th>
          <th scope="col">Failed</th>
          <th scope="col">Cost</th>
        </tr>
      </thead>
      <tbody>
        {evenly(points).map(({ at, settled, failed, cost }) => (
          <tr key={at}>
            <th scope="row">{formatTime(new Date(at))}</th>
            <td>{formatCount(settled)}</td>
            <td>{formatCount(failed)}</td>
            <td>{formatCost(cost)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Some of the points, with the first and the last. */
function evenly(points: Point[]): Point[] {
  if (points.length <= mostRows) return points;
  const stride = (points.length - 1) / (mostRows - 1);
  return Array.from(
    { length: mostRows },
    (_, index) => points[Math.round(index * stride)] as Point,
  );
}
