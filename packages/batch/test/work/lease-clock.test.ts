import { expect, test } from 'vitest';
import { fenceSubmits } from '../../src/work/fence-submits.ts';
import { LeaseClock } from '../../src/work/lease-clock.ts';
import { followClock } from './clock.ts';

/** A clock that moves as it is told to. */
function steps(lease = 10_000) {
  let at = 0;
  const clock = new LeaseClock(lease, () => at);
  return {
    clock,
    pass: (ms: number) => {
      at += ms;
    },
  };
}

const job = JSON.stringify([{ taskType: 'videoInference', model: 'sync:3' }]);
const poll = JSON.stringify([{ taskType: 'getResponse', taskUUID: '…' }]);

test('a worker that cannot renew its leases sends no job any more, and asks on', async () => {
  const { clock, pass } = steps();
  const sent: unknown[] = [];
  const fetch = fenceSubmits(async (_, init) => {
    sent.push(init?.body);
    return new Response('{}');
  }, clock);
  await fetch('http://127.0.0.1', { body: job });
  pass(9_000);
  await expect(fetch('http://127.0.0.1', { body: job })).rejects.toThrow('Nothing was sent');
  await fetch('http://127.0.0.1', { body: poll });
  expect(sent).toEqual([job, poll]);
});

test('a renewal counts from when it was sent, and an older one takes nothing back', () => {
  const { clock, pass } = steps();
  const sentAt = clock.now;
  pass(7_000);
  const laterAt = clock.now;
  clock.renewed(laterAt);
  clock.renewed(sentAt);
  pass(7_000);
  expect(clock.isHeld).toBe(true);
  pass(2_000);
  expect(clock.isHeld).toBe(false);
});

test('a submit waits for the renewal, and ends with its signal', async () => {
  const { advance } = followClock();
  const { clock, pass } = steps();
  pass(20_000);
  const controller = new AbortController();
  const lost = expect(clock.untilHeld(controller.signal)).rejects.toThrow('taken over');
  const kept = clock.untilHeld(new AbortController().signal);
  controller.abort(new Error('taken over'));
  await lost;
  clock.renewed(clock.now);
  await advance(1_000);
  await kept;
});

test('leases that nobody takes over last', () => {
  const { clock, pass } = steps(Infinity);
  pass(86_400_000);
  expect(clock.isHeld).toBe(true);
});
