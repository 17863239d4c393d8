import { describe, expect, test } from 'vitest';
import { startChaosServer } from '../chaos/start-chaos-server.js';
import { startScriptedServer } from '../http/scripted-server.js';
import { sizes } from '../sizes.js';
import type { EndedWaits } from './ending-waits.js';
import type { LastingWaits } from './lasting-waits.js';
import { runProgram } from './run-program.js';

test.each([
  [sizes.abortedWaits, 'are aborted', 'abort', 'AbortError'],
  [sizes.expiredWaits, 'run into their deadline', 'deadline', 'TaskTimeoutError'],
])(
  '%d waits on one signal that %s leave no listener, no timer and no memory',
  async (count, _, ending, error) => {
    const server = await startChaosServer({ isFaulty: false });
    const rounds = await runProgram<EndedWaits[]>(
      'ending-waits.ts',
      [server.url, ending, `${count}`],
      ['--expose-gc'],
    );
    const heap = rounds.map((round) => round.heap);
    console.log(`heap after each ${count} waits (${ending}): ${heap.map(megabytes).join(', ')}`);
    for (const { errors, listeners, timers } of rounds) {
      expect({ errors, listeners, timers }).toEqual({
        errors: { [error]: count },
        listeners: 0,
        timers: 0,
      });
    }
    const bytesEach = ((heap.at(-1) ?? Infinity) - (heap.at(-2) ?? 0)) / count;
    // A wait that is not let go of would be some 4,000.
    expect(bytesEach).toBeLessThan(500);
  },
);

test(`${sizes.lastingWaits} tasks that are waited for cost their deadlines, one more timer, and less than 8 kB of heap each`, async () => {
  const server = await startChaosServer({ isFaulty: false });
  const cost = await runProgram<LastingWaits>(
    'lasting-waits.ts',
    [server.url, `${sizes.lastingWaits}`],
    ['--expose-gc'],
  );
  const { timers, heapBytesEach } = cost;
  console.log(`${sizes.lastingWaits} waits: ${timers} timers, ${heapBytesEach} bytes of heap each`);
  expect(timers).toBeLessThanOrEqual(sizes.lastingWaits + 1);
  expect(heapBytesEach).toBeLessThan(8_000);
});

describe('a process that has nothing else to do exits by itself', () => {
  /** Of a process that has asked for its task. */
  async function expectExit(url: string, way: string): Promise<void> {
    const printed = await runProgram('leaving-process.ts', [url, way]);
    expect(printed).toEqual({ way, isAsked: true });
  }

  test.each([
    ['when its job has a result', 'result'],
    ['when it leaves the loop over a task', 'break'],
  ])('%s', async (_, way) => {
    const server = await startChaosServer({ isFaulty: false });
    await expectExit(server.url, way);
  });

  test.each([
    ['its waits are aborted', 'abort'],
    ['its wait runs into the deadline', 'deadline'],
  ])('when %s while the server does not answer', async (_, way) => {
    const server = await startScriptedServer(() => {});
    await expectExit(server.url, way);
  });
});

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
