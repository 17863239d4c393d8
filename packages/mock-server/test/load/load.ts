// `pnpm --filter @sync3/mock-server load`: measures the server under load, prints the figures, and
// ends with 1 when a bound is missed.

import { cpus, loadavg, totalmem } from 'node:os';
import { findMisses, memoryGrowth, percentile } from './bounds.ts';
import { runLoad } from './run-load.ts';
import type { LoadShape } from './shape.ts';

const shape: LoadShape = {
  tasks: 2_000,
  resultsPerTask: 4,
  requestsPerSecond: 200,
  submitsPerSecond: 25,
  failingEvery: 100,
  jobDurationMs: [1_000, 5_000],
};

/** Processes that wanted a processor in the last minute: others than these disturb the figures. */
const [loadBefore = 0] = loadavg();
const run = await runLoad(shape);
const { client, server, memory, inUse } = run;
const latencies = client.latenciesMs.toSorted((a, b) => a - b);
const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
const [{ model } = { model: 'unknown' }] = cpus();

console.log(`Machine   ${cpus().length} × ${model}, ${mebibytes(totalmem())}, ${process.platform}`);
console.log(`Others    load average of ${loadBefore.toFixed(1)} before the run`);
console.log(`Versions  Node ${process.version}`);
console.log(`Load      ${JSON.stringify(shape)}`);
console.log(`Requests  ${latencies.length}, ${client.requestsPerSecond.toFixed(1)} per second`);
for (const share of [50, 90, 99, 99.9, 100]) {
  console.log(`  p${share}`.padEnd(10), `${percentile(latencies, share).toFixed(1)} ms`);
}
console.log(`  sent late by the client itself: ${client.mostLateMs.toFixed(1)} ms at most`);
console.log(
  `Loop      p99 ${server.loopDelay.p99.toFixed(1)} ms, max ${server.loopDelay.max.toFixed(1)} ms`,
);
console.log(
  `Server    ${(server.processorMs / 1000).toFixed(1)} s of processor time, event loop busy for ${(server.loopUtilization * 100).toFixed(0)} % of the time`,
);
console.log(`Refused   ${JSON.stringify(client.refused)}`);
console.log(`Webhooks  ${JSON.stringify(client.webhooks)}`);
console.log(
  `Jobs      ${client.accepted} accepted of ${client.submitted}, ${JSON.stringify(client.states)}`,
);
console.log(`Stats     ${JSON.stringify(server.stats)}`);
console.log('Memory    of the server');
for (const { at, rss, heapUsed } of memory) {
  console.log(
    `  ${(at / 1000).toFixed(0)} s`.padEnd(10),
    `rss ${mebibytes(rss)}, heap ${mebibytes(heapUsed)}`,
  );
}
const growth = memoryGrowth(inUse);
console.log(
  `  growth after the first minute: rss ${mebibytes(growth.rss)}, heap ${mebibytes(growth.heapUsed)}`,
);

const misses = findMisses(shape, run);
for (const miss of misses) console.error(`MISSED    ${miss}`);
if (misses.length === 0) console.log('Every bound holds.');
process.exitCode = misses.length === 0 ? 0 : 1;
