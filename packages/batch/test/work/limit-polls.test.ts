import { expect, test } from 'vitest';
import { limitPolls } from '../../src/work/limit-polls.ts';
import { followClock } from './clock.ts';

const body = (taskType: string) => JSON.stringify([{ taskType, taskUUID: 'x' }]);

/** A `fetch` that notes when what was sent, in ms. */
function record(perSecond: () => number) {
  const sent: { at: number; body: unknown }[] = [];
  const send = limitPolls(async (_, init) => {
    sent.push({ at: performance.now(), body: init?.body });
    return new Response();
  }, perSecond);
  return { sent, send: (text: string, init?: RequestInit) => send('', { ...init, body: text }) };
}

test('in no second more polls go out than allowed, and each goes out', async () => {
  const clock = followClock();
  const { sent, send } = record(() => 10);
  const sending = Array.from({ length: 25 }, () => send(body('getResponse')));
  await clock.advance(1_250);
  const later = Array.from({ length: 15 }, () => send(body('getResponse')));
  await clock.advance(10_000);
  await Promise.all([...sending, ...later]);
  expect(sent).toHaveLength(40);
  for (const { at } of sent) {
    const inSecond = sent.filter((other) => other.at >= at && other.at < at + 999);
    expect(inSecond.length).toBeLessThanOrEqual(10);
  }
});

test('what is no poll does not wait', async () => {
  followClock();
  const { sent, send } = record(() => 1);
  for (const type of ['videoInference', 'mediaStorage', 'getTaskDetails']) await send(body(type));
  expect(sent.map(({ at }) => at - (sent[0]?.at ?? 0))).toEqual([0, 0, 0]);
});

test('how many are allowed may change, as when another worker comes', async () => {
  const clock = followClock();
  let perSecond = 10;
  const { sent, send } = record(() => perSecond);
  const first = Array.from({ length: 10 }, () => send(body('getResponse')));
  await clock.advance(2_000);
  await Promise.all(first);
  perSecond = 2;
  const second = Array.from({ length: 4 }, () => send(body('getResponse')));
  await clock.advance(5_000);
  await Promise.all(second);
  const gaps = sent.slice(11).map(({ at }, index) => at - (sent[10 + index]?.at ?? 0));
  expect(gaps).toEqual([500, 500, 500]);
});

test('a poll that waits its turn ends at once when its caller leaves', async () => {
  followClock();
  const { sent, send } = record(() => 1);
  await send(body('getResponse'));
  const leave = new AbortController();
  const waiting = send(body('getResponse'), { signal: leave.signal });
  leave.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  expect(sent).toHaveLength(1);
});
