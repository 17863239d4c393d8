const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const rates = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const costs = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  // Clips may cost less than a cent.
  maximumFractionDigits: 4,
});

/** `12,345`. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** A count with its noun: `1 item`, `12,345 items`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Three digits: `1,230`, `0.456`. */
export function formatRate(rate: number): string {
  return rates.format(rate);
}

/** USD: `$1,234.50`, `$0.0125`. */
export function formatCost(cost: number): string {
  return costs.format(cost);
}

/** A part of a whole. One of many is never none, and all but one never all. */
export function formatShare(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (100 * part) / whole;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  if (percent > 99.9 && percent < 100) return '> 99.9 %';
  return `${Number(percent.toFixed(1))} %`;
}

/** A number of seconds, in its two largest units: `8.4 s`, `1 min 5 s`, `2 h 3 min`. */
export function formatDuration(seconds: number): string {
  const tenths = Math.round(seconds * 10) / 10;
  if (tenths < 10) return `${tenths} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const hours = Math.round(seconds / 3600);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `2026-03-01 14:05 UTC`. */
export function formatTime(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `14:05:09` of the reader's own zone. */
export function formatClock(time: Date): string {
  return time.toLocaleTimeString(undefined, { hour12: false });
}
