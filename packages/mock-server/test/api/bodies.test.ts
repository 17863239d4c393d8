import { describe, expect, test } from 'vitest';
import { job, start, upload } from './start.js';

describe('a body that is no list of tasks is answered 400:', () => {
  test.each([
    ['cut JSON', '[{"taskType":'],
    ['nothing', ''],
    ['an empty list', '[]'],
    ['an object', '{}'],
    ['null', 'null'],
    ['a list of nulls', '[null]'],
    ['a list of lists', '[[1]]'],
    ['a hostile key', '[{"__proto__":{"taskType":"videoInference"}}]'],
  ])('%s', async (_, text) => {
    const { mock, post } = await start({ apiKeys: ['key'] });
    const { status, body } = await post(text);
    expect(status).toBe(400);
    expect(body.errors.length).toBeGreaterThan(0);
    expect(mock.stats.violations).toBe(0);
  });

  test('one over the bound, with an answer and not a lost connection', async () => {
    const { post } = await start({ maxBodyBytes: 1000 });
    const { status, body } = await post([job({ x: 'y'.repeat(2000) })]);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ code: 'maxBodySize' }]);
  });
});

test('a connection outlives the idle seconds of a client that shares it, and the client is told', async () => {
  const { post } = await start();
  const { headers } = await post('[]');
  expect(headers.get('keep-alive')).toBe('timeout=75');
});

test.each([
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'garbage',
  'text/plain',
  ';',
])('a body is checked although its type is said to be %s', async (type) => {
  const { mock, post } = await start();
  const { status, body } = await post([job({ bogus: 1 })], { 'content-type': type });
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ code: 'unknownParameter', parameter: 'bogus' }]);
  expect((await post('[null]', { 'content-type': type })).status).toBe(400);
  expect(mock.stats).toMatchObject({ charged: 0, violations: 0 });
});

describe('odd input is answered in Runware’s shape, and breaks nothing of ours:', () => {
  test.each<[string, unknown]>([
    [
      'a session that is no UUID',
      [{ taskType: 'authentication', apiKey: 'key', connectionSessionUUID: 'x' }],
    ],
    ['a key that is an object', [{ taskType: 'authentication', apiKey: { a: 1 } }]],
    ['a task type that is an object', [{ taskType: { toString: 1 } }]],
    ['a URL without a host', [upload('http://')]],
    ['a URL with a broken host', [upload('https://[')]],
    ['a URL with an impossible address', [upload('http://127.999.1.1')]],
    ['a data URI that is not base64', [upload('data:text/plain,hello')]],
    ['a property with a line break in its name', [job({ 'a\nb': 1 })]],
  ])('%s', async (_, tasks) => {
    const { mock, post } = await start();
    const { status, body } = await post(tasks);
    expect([400, 401]).toContain(status);
    expect(body.errors[0]).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    expect(mock.stats.violations).toBe(0);
  });

  test('a number beyond all bounds', async () => {
    const { mock, post } = await start();
    const segments = [{ startTime: 0, endTime: 1, audio: 'https://example.com/a.wav' }];
    const task = job({ inputs: { video: 'https://example.com/v.mp4' }, settings: { segments } });
    const { status } = await post(
      JSON.stringify([task]).replace('"startTime":0', '"startTime":1e400'),
    );
    expect(status).toBe(400);
    expect(mock.stats.violations).toBe(0);
  });

  test('a refused task beside an accepted one', async () => {
    const { mock, post } = await start();
    const good = job();
    const { status, body } = await post([good, upload('http://')]);
    expect(status).toBe(200);
    expect(body.data).toMatchObject([{ taskUUID: good.taskUUID }]);
    expect(body.errors).toHaveLength(1);
    expect(mock.stats).toMatchObject({ charged: 1, violations: 0 });
  });

  test.each([
    'data:constructor;base64,AAAA',
    'data:a\nb;base64,AAAA',
    'DATA:video/mp4;base64,AAAA',
  ])('the type in %j is stored as a type or not at all', async (media) => {
    const { mock, post } = await start();
    const [{ mediaURL }] = (await post([upload(media)])).body.data;
    const response = await fetch(mediaURL);
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBe(3);
    expect(mock.stats.violations).toBe(0);
  });

  test('eight thousand tasks that are numbers', async () => {
    const { post } = await start();
    const { body } = await post(Array(8000).fill(1));
    expect(body.errors).toHaveLength(8000);
  });
});
