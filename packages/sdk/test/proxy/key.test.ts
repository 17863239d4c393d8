import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createProxyHandler } from '../../src/proxy/index.js';
import { type Script, sendJson } from '../http/scripted-server.js';
import { job, question, runwareKey, serveProxy } from './serve-proxy.js';

/** Every character as an escape: JSON that looks nothing like what it says. */
const escaped = (text: string) =>
  [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const inJson = JSON.stringify(runwareKey).slice(1, -1);
const withSlashes = inJson.replaceAll('/', '\\/');

const percentEncoded = (text: string) =>
  [...text].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('');
const base64url = (text: string) => Buffer.from(text).toString('base64url');

/** Everything a client can see of an answer. */
async function wholeOf(answer: Response): Promise<string> {
  return `${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`;
}

function expectWithoutKey(text: string): void {
  for (const form of [runwareKey, inJson, withSlashes, encodeURIComponent(runwareKey)]) {
    expect(text).not.toContain(form);
  }
  expect(text).not.toContain('S3cret');
  expect(decodeURIComponent(text.replaceAll(/%(?![\da-f]{2})/gi, ''))).not.toContain('S3cret');
  // Whatever stands before it, one of three places in base64.
  for (const before of ['', 'a', 'ab']) {
    const inBase64 = Buffer.from(`${before}S3cret/Key`).toString('base64url').slice(4, -4);
    expect(text.replaceAll('/', '_').replaceAll('+', '-')).not.toContain(inBase64);
  }
}

/** A body in pieces that are cut anywhere. */
const inPieces =
  (body: string, status = 200): Script =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    for (let start = 0; start < body.length; start += 7)
      response.write(body.slice(start, start + 7));
    response.end();
  };

describe('the key is in no answer', () => {
  test.each([
    ['in a text', JSON.stringify({ data: [{ message: `key ${runwareKey}, ${runwareKey}` }] })],
    ['in a name', JSON.stringify({ data: [{ [runwareKey]: 1, [`x${runwareKey}`]: {} }] })],
    ['deep inside', JSON.stringify({ data: [[[{ a: [{ b: runwareKey }] }]]] })],
    ['with each character escaped', `{"data":[{"a":"${escaped(runwareKey)}"}]}`],
    ['with its slashes escaped', `{"errors":[{"message":"${withSlashes}"}]}`],
    ['in JSON within a text', JSON.stringify({ a: JSON.stringify({ b: runwareKey }) })],
    ['in a URL', JSON.stringify({ a: `https://x.example/?k=${encodeURIComponent(runwareKey)}` })],
    ['in base64', JSON.stringify({ a: `Basic ${btoa(`user:${runwareKey}`)}` })],
    ['in base64 of URLs', JSON.stringify({ a: base64url(`a:${runwareKey}`) })],
    ['with every sign percent-encoded', JSON.stringify({ a: percentEncoded(runwareKey) })],
    [
      'percent-encoded twice',
      JSON.stringify({ a: encodeURIComponent(encodeURIComponent(runwareKey)) }),
    ],
    [
      'percent-encoded in lower case',
      JSON.stringify({ a: encodeURIComponent(runwareKey).replaceAll('%2F', '%2f') }),
    ],
    ['twice without a space', JSON.stringify({ a: runwareKey + runwareKey })],
    ['in __proto__', `{"data":[{"__proto__":{"a":"${inJson}"}}]}`],
  ])('when the API repeats it %s', async (_, body) => {
    for (const status of [200, 400, 500]) {
      const { ask } = await serveProxy({ script: inPieces(body, status) });
      const answer = await ask([question]);
      expect(answer.status).toBe(status);
      const text = await wholeOf(answer);
      expectWithoutKey(text);
      expect(text).toContain('•••');
    }
  });

  test.each([
    ['in HTML', `<html>${runwareKey}</html>`],
    ['alone', runwareKey],
    ['as JSON that is no object', JSON.stringify(runwareKey)],
    ['in a list', JSON.stringify([runwareKey])],
    ['in cut JSON', `{"data":["${inJson}`],
  ])('when the API repeats it %s', async (_, body) => {
    const { ask, errors } = await serveProxy({ script: inPieces(body, 401) });
    const answer = await ask([question]);
    expect(answer.status).toBe(502);
    expectWithoutKey(await wholeOf(answer));
    expectWithoutKey(inspect(errors, { depth: 20, showHidden: true }));
  });

  test('when the API repeats it in its headers', async () => {
    const { ask } = await serveProxy({
      script: (_, response) =>
        sendJson(
          response,
          429,
          { errors: [] },
          {
            'Retry-After': runwareKey,
            'Set-Cookie': `key=${runwareKey}`,
            'X-Key': runwareKey,
            'Content-Type': `application/json; key=${runwareKey}`,
            Location: `https://x.example/?${encodeURIComponent(runwareKey)}`,
          },
        ),
    });
    expectWithoutKey(await wholeOf(await ask([question])));
  });

  test('when it is a number, and the API repeats that', async () => {
    const { ask } = await serveProxy({
      apiKey: '9007199254740991',
      script: (_, response) =>
        sendJson(response, 200, { data: [{ seed: 9007199254740991 }] }, { 'Retry-After': '1' }),
    });
    const answer = await ask([question]);
    expect(answer.status).toBe(502);
    expect(await wholeOf(answer)).not.toContain('9007199254740991');
  });

  test('nor in a Retry-After that looks right', async () => {
    const { ask } = await serveProxy({
      apiKey: '12345678',
      script: (_, response) =>
        sendJson(response, 429, { errors: [] }, { 'Retry-After': '123456789' }),
    });
    expect((await ask([question])).headers.get('retry-after')).toBeNull();
  });

  test('wherever it stands in whatever the API sends', async () => {
    const body = fc
      .jsonValue({ maxDepth: 4 })
      .map((value) => JSON.stringify({ data: value }))
      .chain((text) =>
        fc.tuple(fc.constant(text), fc.constantFrom(inJson, escaped(runwareKey), withSlashes)),
      )
      // Into every string of it, names too.
      .map(([text, form]) => text.replaceAll(/"(?=[,:}\]])/g, () => `${form}"`));
    const piece = fc.integer({ min: 1, max: 40 });
    let repeated = 0;
    const check = fc.asyncProperty(body, piece, async (text, size) => {
      const handler = createProxyHandler({
        apiKey: runwareKey,
        authorize: () => true,
        fetch: async () => {
          const bytes = new TextEncoder().encode(text);
          let start = 0;
          const pull = (controller: ReadableStreamDefaultController) => {
            controller.enqueue(bytes.slice(start, start + size));
            start += size;
            if (start >= bytes.length) controller.close();
          };
          return new Response(new ReadableStream({ pull }));
        },
      });
      const request = new Request('http://a.example', {
        method: 'POST',
        body: JSON.stringify([question]),
      });
      const answer = await wholeOf(await handler(request));
      if (answer.includes('•••')) repeated++;
      if (answer.includes('S3cret')) throw new Error(`${text} gave ${answer}`);
    });
    await fc.assert(check, { numRuns: 1_000 });
    expect(repeated).toBeGreaterThan(500);
  });
});

describe('the key is in no error that the owner is told', () => {
  const secretive = () => {
    const cause = Object.assign(new Error(`Authorization: Bearer ${runwareKey}`), {
      code: `E_${runwareKey}`,
      headers: { Authorization: `Bearer ${runwareKey}` },
    });
    const error = new TypeError(`fetch with ${runwareKey} failed`, { cause });
    error.name = `Error of ${runwareKey}`;
    return Object.assign(error, { request: { key: runwareKey } });
  };

  test('when fetch throws it about', async () => {
    const { ask, errors } = await serveProxy({ fetch: () => Promise.reject(secretive()) });
    const answer = await ask([job]);
    expect(answer.status).toBe(502);
    expectWithoutKey(await wholeOf(answer));
    expect(errors).toMatchObject([{ cause: { cause: { code: 'E_•••' } } }]);
    expectWithoutKey(inspect(errors, { depth: 20, showHidden: true }));
    expectWithoutKey(JSON.stringify(errors.map(({ stack, cause }) => [stack, cause])));
  });

  test('when authorize throws it about', async () => {
    const { ask, errors } = await serveProxy({
      authorize: () => {
        throw secretive();
      },
    });
    const answer = await ask([job]);
    expect(answer.status).toBe(500);
    expectWithoutKey(await wholeOf(answer));
    expect(errors).toMatchObject([{ cause: { message: 'fetch with ••• failed' } }]);
    expectWithoutKey(inspect(errors, { depth: 20, showHidden: true }));
  });

  test('when the body of the answer fails with it', async () => {
    const { ask, errors } = await serveProxy({
      fetch: async () => new Response(new ReadableStream({ start: (c) => c.error(secretive()) })),
    });
    await expect(ask([job])).resolves.toHaveProperty('status', 502);
    expect(errors).toHaveLength(1);
    expectWithoutKey(inspect(errors, { depth: 20, showHidden: true }));
  });

  test('when causes go round in a circle', async () => {
    const error = secretive();
    error.cause = error;
    const { ask, errors } = await serveProxy({ fetch: () => Promise.reject(error) });
    await expect(ask([job])).resolves.toHaveProperty('status', 502);
    expect(errors).toHaveLength(1);
    expectWithoutKey(inspect(errors, { depth: 20, showHidden: true }));
  });
});
