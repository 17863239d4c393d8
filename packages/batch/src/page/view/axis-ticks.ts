/** Where an axis is marked, and how. */
export interface Tick {
  value: number;
  label: string;
}

/**
 * Round numbers from 0 to the first at or above `most`, with at most six steps.
 *
 * @param smallestStep no step is smaller, as of things that are counted.
 */
export function numberTicks(
  most: number,
  format: (value: number) => string,
  smallestStep = 0,
): Tick[] {
  const rough = Math.max(most, smallestStep, 1e-6) / 5;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * unit >= rough * (1 - 1e-9)) ?? 10;
  const step = Math.max(factor * unit, smallestStep);
  const steps = Math.max(1, Math.ceil(most / step - 1e-9));
  return Array.from({ length: steps + 1 }, (_, index) => {
    // Written short, so that 3 * 0.1 is 0.3.
    const value = Number((index * step).toPrecision(12));
    return { value, label: format(value) };
  });
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** In ms; each is what people count time in. */
const timeSteps = [
  ...[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28, 91, 182, 365].map((count) => count * day),
];

/** Round times in UTC between two, in ms since the epoch; at most so many. */
export function timeTicks(from: number, to: number, most: number): Tick[] {
  const step = timeSteps.find((candidate) => (to - from) / candidate < most);
  const stride = step ?? Math.ceil((to - from) / most / day) * day;
  const ticks: Tick[] = [];
  for (let value = Math.ceil(from / stride) * stride; value <= to; value += stride) {
    ticks.push({ value, label: timeLabel(value, stride) });
  }
  return ticks;
}

/** As exact as the step needs; midnight has its date. */
function timeLabel(time: number, step: number): string {
  const iso = new Date(time).toISOString();
  if (step >= day || time % day === 0) return iso.slice(0, 10);
  if (step >= minute) return iso.slice(11, 16);
  if (step >= second) return iso.slice(11, 19);
  return iso.slice(11, 22);
}
