import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { getResponse, job, start } from '../api/start.js';
import { askControl } from './ask.js';

describe('faults over HTTP', () => {
  test('are planned one by one or as a list, read, and forgotten', async () => {
    const { mock } = await start();
    const one = { on: 'submit', kind: 'drop-after-accept' };
    const two = [
      { on: 'poll', kind: 'status', status: 429, retryAfterSeconds: 2, times: 3 },
      { on: 'webhook', kind: 'duplicate-webhook' },
    ];
    const posted = await askControl(mock.url, 'faults', { method: 'POST', body: one });
    expect(posted).toMatchObject({ status: 201, body: { faults: [{ ...one, times: 1 }] } });
    await askControl(mock.url, 'faults', { method: 'POST', body: two });
    const { body } = await askControl(mock.url, 'faults');
    expect(body.faults).toEqual([{ ...one, times: 1 }, two[0], { ...two[1], times: 1 }]);
    expect(mock.faults.planned).toEqual(body.faults);
    expect(await askControl(mock.url, 'faults', { method: 'DELETE' })).toMatchObject({
      status: 200,
      body: { faults: [] },
    });
    expect(mock.faults.planned).toEqual([]);
  });

  test('strike', async () => {
    const { mock, post } = await start();
    const body = { on: 'poll', kind: 'status', status: 429, retryAfterSeconds: 2 };
    await askControl(mock.url, 'faults', { method: 'POST', body });
    const { status, headers } = await post([getResponse(randomUUID())]);
    expect([status, headers.get('retry-after')]).toEqual([429, '2']);
    expect((await askControl(mock.url, 'faults')).body).toEqual({ faults: [] });
    expect(mock.stats.faults).toBe(1);
  });

  test('that are none are all named, and then none of the list is planned', async () => {
    const { mock } = await start();
    const body = [
      { on: 'submit', kind: 'stall' },
      { on: 'submit', kind: 'explode' },
      { kind: 'status' },
    ];
    const answer = await askControl(mock.url, 'faults', { method: 'POST', body });
    expect(answer.status).toBe(400);
    const [{ code, message }] = answer.body.errors;
    expect(code).toBe('invalidFault');
    expect(message).toMatch(/^Fault 1: 'kind' must be one of .* Fault 2: 'on' is missing\./);
    expect(mock.faults.planned).toEqual([]);
  });

  test('are not planned when only the last of the list is none', async () => {
    const { mock } = await start();
    const body = [
      { on: 'submit', kind: 'stall' },
      { on: 'submit', kind: 'explode' },
    ];
    const answer = await askControl(mock.url, 'faults', { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(mock.faults.planned).toEqual([]);
  });

  test('that are not JSON, or too many, or sent in another way, are refused', async () => {
    const { mock } = await start();
    const ask = (method: string, body?: unknown) =>
      askControl(mock.url, 'faults', { method, body });
    expect(await ask('POST', '{')).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'invalidJSON' }] },
    });
    expect(await ask('POST', ' '.repeat(1024 * 1024 + 1))).toMatchObject({
      body: { errors: [{ code: 'maxBodySize' }] },
    });
    expect(await ask('PUT', {})).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD, POST, DELETE' },
    });
  });
});

describe('a stalled request', () => {
  test('is cut off when its time is over', async () => {
    const { mock, post } = await start();
    mock.faults.add({ on: 'submit', kind: 'stall', stallMs: 20 });
    await expect(post([job()])).rejects.toThrow();
    expect(mock.tasks).toEqual([]);
  });

  test('is cut off when the server closes', async () => {
    const { mock, post } = await start();
    mock.faults.add({ on: 'submit', kind: 'stall' });
    const stalled = expect(post([job()])).rejects.toThrow();
    await expect.poll(() => mock.stats.faults).toBe(1);
    await mock.close();
    await stalled;
  });
});
