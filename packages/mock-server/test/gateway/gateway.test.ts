import { gzipSync } from 'node:zlib';
import { startMockServer } from '@sync3/mock-server';
import { Sync3 } from '@sync3/sdk';
import { file } from '@sync3/sdk/node';
import { describe, expect, test } from 'vitest';
import { start } from '../api/start.ts';
import { freePort } from '../free-port.ts';
import { sampleMedia } from '../media/sample-media.ts';
import { type Answered, startUpstream } from './upstream.ts';

const taskUUID = '5f0cf7d4-17bb-4fcf-9bf9-8e1b8d9b0c11';
const poll = [{ taskType: 'getResponse', taskUUID }];
const processing = { taskType: 'videoInference', taskUUID, status: 'processing' };

/** A gateway before an API that always answers the same. */
async function before(answered: Answered) {
  const upstream = await startUpstream(() => answered);
  const { mock, post } = await start({ upstream: upstream.url, apiKeys: [] });
  const control = async (name: string) =>
    (await fetch(new URL(`/__mock/${name}`, mock.url))).json();
  return { upstream, mock, post, control };
}

describe('a gateway', () => {
  test('passes a request on with its key, and the answer back, as they are', async () => {
    const body = { data: [processing] };
    const { upstream, post } = await before({ body, headers: { 'retry-after': '7' } });
    const headers = {
      'x-runware-dry-run': '1',
      cookie: 'session=1',
      'x-forwarded-for': '10.0.0.1',
    };
    const answer = await post(poll, headers);
    expect(answer).toMatchObject({ status: 200, body });
    expect(answer.headers.get('retry-after')).toBe('7');
    const [asked] = upstream.asked;
    expect(JSON.parse(asked?.body ?? '')).toEqual(poll);
    expect(asked?.headers).toMatchObject({ authorization: 'Bearer key', 'x-runware-dry-run': '1' });
    expect(asked?.headers).not.toHaveProperty('cookie');
    expect(asked?.headers).not.toHaveProperty('x-forwarded-for');
  });

  test('tells of a field that the document does not describe, and counts it', async () => {
    const row = { ...processing, queuePosition: 4, worker: { region: 'eu' } };
    const { mock, post, control } = await before({ body: { data: [row, row], took: 12 } });
    await post(poll);
    await post(poll);
    const { deviations } = (await control('violations')) as { deviations: unknown[] };
    expect(deviations).toEqual([
      {
        kind: 'unknown-field',
        side: 'response',
        pointer: '/data/*/queuePosition',
        taskType: 'videoInference',
        message: 'held 4',
        count: 4,
        firstAt: expect.any(Number),
        lastAt: expect.any(Number),
      },
      expect.objectContaining({ pointer: '/data/*/worker', message: 'held {"region":"eu"}' }),
      expect.objectContaining({ pointer: '/took', count: 2 }),
    ]);
    expect(mock.stats).toMatchObject({ unknownFields: 10, violations: 0 });
    expect(mock.deviations).toHaveLength(3);
  });

  test('passes on a response that breaks the document, and tells of it', async () => {
    const row = { taskType: 'videoInference', taskUUID, status: 'success', videoUUID: 7 };
    const { mock, post } = await before({ body: { data: [row] } });
    expect(await post(poll)).toMatchObject({ status: 200, body: { data: [row] } });
    expect(mock.stats.violations).toBe(1);
    expect(mock.deviations).toContainEqual(
      expect.objectContaining({ kind: 'violation', side: 'response', taskType: 'videoInference' }),
    );
    expect(mock.violations).toEqual([]);
  });

  test('passes on a request that breaks the document, and tells of it', async () => {
    const { upstream, mock, post } = await before({ body: { data: [] } });
    await post([{ taskType: 'getResponse', taskUUID: 'no UUID' }]);
    expect(upstream.asked).toHaveLength(1);
    expect(mock.deviations).toContainEqual(
      expect.objectContaining({ side: 'request', pointer: '/*/taskUUID', taskType: 'getResponse' }),
    );
  });

  test('passes on a page of a proxy as it is', async () => {
    const page = '<!doctype html><title>Bad gateway</title>';
    const { mock } = await before({ status: 502, body: page });
    const response = await fetch(mock.url, { method: 'POST', body: JSON.stringify(poll) });
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(await response.text()).toBe(page);
    expect(mock.stats.violations).toBe(1);
  });

  test('reads a compressed answer', async () => {
    const body = gzipSync(JSON.stringify({ data: [processing] }));
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
    const { post } = await before({ body, headers });
    expect((await post(poll)).body).toEqual({ data: [processing] });
  });

  test('does not follow a redirect, which would take the key along', async () => {
    const elsewhere = await startUpstream(() => ({ body: { data: [] } }));
    const { mock } = await before({ status: 307, headers: { location: elsewhere.url }, body: '' });
    const init: RequestInit = { method: 'POST', body: JSON.stringify(poll), redirect: 'manual' };
    const response = await fetch(mock.url, init);
    expect(response.status).toBe(307);
    expect(response.headers.get('location')).toBe(elsewhere.url);
    expect(elsewhere.asked).toEqual([]);
  });

  test('says that nothing was accepted when the API is not reached', async () => {
    const { post } = await start({ upstream: `http://127.0.0.1:${await freePort()}/v1` });
    const { status, body } = await post(poll);
    expect(status).toBe(502);
    expect(body.errors[0]).toMatchObject({ code: 'upstreamUnreachable' });
    expect(body.errors[0].message).toContain('nothing was accepted');
  });

  test('says that the tasks may be accepted when the answer is lost', async () => {
    const { post } = await before({ isCut: true });
    const { status, body } = await post(poll);
    expect(status).toBe(502);
    expect(body.errors[0]).toMatchObject({ code: 'upstreamAnswerLost' });
  });

  test('shows the key nowhere, in whatever form the API repeats it', async () => {
    const key = 'secret+key/of-the-gateway';
    const forms = [key, encodeURIComponent(key), Buffer.from(key).toString('base64')];
    const errors = [{ code: 'invalidApiKey', message: `No ${forms.join(', ')}.`, echo: forms }];
    const { post, control } = await before({ status: 401, body: { errors } });
    await post(poll, { authorization: `Bearer ${key}` });
    for (const name of ['requests', 'violations', 'state', 'changes?since=0']) {
      const text = JSON.stringify(await control(name));
      for (const form of forms) expect(text).not.toContain(form);
    }
  });

  test('is not opened to pages of other sites', async () => {
    const { upstream, mock } = await before({ body: { data: [] } });
    const headers = { origin: 'https://example.com' };
    const response = await fetch(mock.url, { method: 'POST', headers, body: '[]' });
    expect(response.status).toBe(403);
    expect(upstream.asked).toEqual([]);
  });

  test.each(['runware.ai', 'ftp://127.0.0.1/v1', 'https://user:secret@127.0.0.1/v1'])(
    'does not start before %s',
    async (upstream) => {
      await expect(startMockServer({ upstream })).rejects.toThrow('upstream must be the URL');
    },
  );
});

test('the SDK works through a gateway as it does without, and nothing differs from the document', async () => {
  const api = await start({ apiKeys: ['key-of-the-account'] });
  const { mock } = await start({ upstream: api.mock.url, apiKeys: ['another-key'] });
  const polling = { minIntervalMs: 20, maxIntervalMs: 100 };
  const sync3 = new Sync3({ baseUrl: mock.url, apiKey: 'key-of-the-account', polling });
  const { clip, shortLine } = sampleMedia;
  const inputs = { video: file(clip), audio: file(shortLine) };
  const { videos } = await sync3.lipsync.run({ inputs, numberResults: 2 });
  expect(videos).toHaveLength(2);
  await expect(sync3.tasks.details(taskUUID)).rejects.toMatchObject({ code: 'taskNotFound' });
  expect(mock.deviations).toEqual([]);
  expect(mock.tasks).toEqual([]);
  expect(api.mock.tasks).toHaveLength(1);
});
