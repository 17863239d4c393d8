// The mock server under load, in a process of its own. Its parent asks and it answers.

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startMockServer } from '@sync3/mock-server';
import type { Memory, ServerReport } from './shape.ts';

const [, , jobDurationMs = '[1000,4000]'] = process.argv;
const loop = monitorEventLoopDelay({ resolution: 5 });
const mock = await startMockServer({
  jobDurationMs: JSON.parse(jobDurationMs),
  // The clients count rows.
  failureForm: 'row',
});
loop.enable();
const idle = performance.eventLoopUtilization();
const processorBefore = process.cpuUsage();

process.on('message', (question) => {
  if (question === 'memory') process.send?.(memory());
  if (question === 'memory in use') {
    global.gc?.();
    process.send?.(memory());
  }
  if (question === 'report') process.send?.(report());
  if (question === 'close') void mock.close().then(() => process.disconnect());
});
process.send?.(mock.url);

function memory(): Memory {
  const { rss, heapUsed } = process.memoryUsage();
  return { at: performance.now(), rss, heapUsed };
}

function report(): ServerReport {
  const states = { success: 0, error: 0, processing: 0 };
  for (const { state } of mock.tasks) states[state] += 1;
  const loopDelay = { p99: loop.percentile(99) / 1e6, max: loop.max / 1e6 };
  const { user, system } = process.cpuUsage(processorBefore);
  return {
    stats: { ...mock.stats },
    violations: mock.violations.length,
    states,
    loopDelay,
    processorMs: (user + system) / 1000,
    loopUtilization: performance.eventLoopUtilization(idle).utilization,
  };
}
