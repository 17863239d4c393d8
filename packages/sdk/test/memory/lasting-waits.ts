// Lets many waits go on, and prints what they cost.
import { activeTimers, heapInUse, patientClient } from './many-waits.ts';

/** What the program prints. */
export interface LastingWaits {
  timers: number;
  heapBytesEach: number;
}

const [baseUrl = '', count = ''] = process.argv.slice(2);
const waitCount = Number(count);
const { sync3, answered } = patientClient(baseUrl);
// Whatever is loaded and compiled at the first use is no part of a wait.
const first = new AbortController();
const firstWait = sync3.tasks.attach(crypto.randomUUID()).wait({ signal: first.signal });
first.abort();
await firstWait.catch(() => {});
const before = await heapInUse();

const controller = new AbortController();
const waits = Array.from({ length: waitCount }, () =>
  sync3.tasks.attach(crypto.randomUUID()).wait({ signal: controller.signal }),
);
const ended = Promise.allSettled(waits);
await answered();
const heapBytesEach = Math.round(((await heapInUse()) - before) / waitCount);
const timers = activeTimers();
controller.abort();
await ended;
console.log(JSON.stringify({ timers, heapBytesEach }));
