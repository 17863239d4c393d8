import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Sync3 } from '../src/index.js';
import { failureReason } from '../src/wire/failure-reason.js';
import { keyRemover, withoutKey } from '../src/wire/redaction.js';
import { sendJson, startScriptedServer } from './http/scripted-server.js';
import { sampleJob } from './sample-job.js';

const keys = ['rw-S3cret/Key+0123456789==', 'abcdefABCDEF0123456789abcdefABCD', 'six+/='];
const hex = (sign: string) => sign.charCodeAt(0).toString(16).padStart(2, '0');

describe.each(keys)('the key %s', (key) => {
  const redact = keyRemover(key);
  const text = fc.string({ unit: fc.constantFrom(...'abcXYZ019 .:/-_%{}"') });

  test.each<[string, (key: string) => string]>([
    ['as it is', (key) => key],
    ['in a URL', encodeURIComponent],
    [
      'in a URL, in small letters',
      (key) => encodeURIComponent(key).replace(/%../g, (e) => e.toLowerCase()),
    ],
    ['with every sign percent-encoded', (key) => key.replace(/./g, (sign) => `%${hex(sign)}`)],
    ['percent-encoded twice', (key) => encodeURIComponent(encodeURIComponent(key))],
    [
      'with every sign escaped as in JSON',
      (key) => key.replace(/./g, (sign) => `\\u00${hex(sign)}`),
    ],
  ])('is removed %s, whatever stands around it', (_, encode) => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        // What is left holds nothing but its surroundings.
        expect(redact(before + encode(key) + after)).toBe(`${before}•••${after}`);
      }),
      { numRuns: 50 },
    );
  });

  test.each<[string, (base64: string) => string]>([
    ['', (base64) => base64],
    [' without padding', (base64) => base64.replace(/=+$/, '')],
    [' as in a URL', (base64) => base64.replaceAll('+', '-').replaceAll('/', '_')],
    [' and percent-encoded', encodeURIComponent],
  ])('is removed from base64%s, at every place in it', (_, encode) => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const redacted = redact(encode(btoa(before + key + after)));
        expect(redacted).toContain('•••');
        // Of the key no more than the digits are left that hold bits of its neighbours.
        const [left = '', right = ''] = redacted
          .split('•••')
          .map((rest) => decodeURIComponent(rest).replace(/=+$/, ''));
        expect(left.length).toBeLessThanOrEqual(Math.ceil((before.length * 4) / 3));
        expect(right.length).toBeLessThanOrEqual(Math.ceil((after.length * 4) / 3) + 1);
      }),
      { numRuns: 100 },
    );
  });
});

test('a text without the key is left as it is', () => {
  const redact = keyRemover('rw-S3cret/Key+0123456789==');
  fc.assert(
    fc.property(fc.string(), (text) => redact(text) === text),
    { numRuns: 200 },
  );
});

test.each(['', 'key'])(
  'a key of few signs, which occur by chance, is not looked for: "%s"',
  (key) => {
    expect(keyRemover(key)('a key is a key')).toBe('a key is a key');
  },
);

test.each<[string, (key: string) => string]>([
  ['percent-encoded', encodeURIComponent],
  ['in base64, within a longer text', (key) => btoa(`user:${key}:x`)],
  ['in base64, at another place', (key) => btoa(`me:${key}`)],
])('neither an error nor a failure of the network shows the key %s', async (_, encode) => {
  const apiKey = 'rw-S3cret/Key+0123456789==';
  const encoded = encode(apiKey);
  // What is left of base64 when the digits of its neighbours are gone.
  const middle = encoded.slice(8, 24);
  const { url } = await startScriptedServer((_, response) =>
    sendJson(response, 400, { errors: [{ code: 'refused', message: `Not ${encoded}` }] }),
  );
  const fetch = () => Promise.reject(new TypeError('failed', { cause: new Error(encoded) }));
  for (const options of [{ baseUrl: url }, { fetch }]) {
    const { lipsync } = new Sync3({ apiKey, maxRetries: 0, ...options });
    const error = await lipsync.submit(sampleJob).catch((caught) => caught);
    const shown = [
      error.message,
      error.stack,
      error.raw,
      error.cause?.stack,
      error.cause?.cause?.stack,
    ];
    expect(shown.join()).not.toContain(middle);
    expect(error.message).toContain('•••');
  }
});

describe('a copy of an error without the key', () => {
  test('keeps the errors that it gathers, and where they arose', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
      request: { key: 'secret-key' },
    });
    const copy = withoutKey(new AggregateError([refused], 'secret-key'), keyRemover('secret-key'));
    expect(copy).toMatchObject({
      message: '•••',
      errors: [{ message: 'connect ECONNREFUSED', code: 'ECONNREFUSED', syscall: 'connect' }],
    });
    expect(copy).not.toHaveProperty('errors.0.request');
  });

  test.each([null, undefined, Symbol('x'), Object.create(null), { message: { toString: 1 } }, 7n])(
    'is made of whatever is thrown (%#)',
    (thrown) => {
      expect(withoutKey(thrown, keyRemover('secret-key'))).toBeInstanceOf(Error);
    },
  );
});

describe('the reason of a failure', () => {
  const refused = (address: string) =>
    Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: 'ECONNREFUSED' });

  test.each<[string, unknown, string]>([
    [
      'every address is refused',
      new TypeError('fetch failed', {
        cause: Object.assign(new AggregateError([refused('::1:80'), refused('127.0.0.1:80')]), {
          code: 'ECONNREFUSED',
        }),
      }),
      'connect ECONNREFUSED ::1:80, connect ECONNREFUSED 127.0.0.1:80',
    ],
    [
      'an aggregate itself is thrown',
      new AggregateError([refused('::1:80')]),
      'connect ECONNREFUSED ::1:80',
    ],
    [
      'the message does not name the code',
      new TypeError('fetch failed', {
        cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
      }),
      'other side closed (UND_ERR_SOCKET)',
    ],
    ['there is nothing but a code', { code: 'ECONNRESET' }, 'ECONNRESET'],
    [
      'a DOMException has a number for a code',
      new DOMException('It was aborted.', 'AbortError'),
      'It was aborted',
    ],
    ['there is a message only', new TypeError('Failed to fetch'), 'Failed to fetch'],
    ['a text is thrown', 'no network', 'no network'],
    ['nothing is known', {}, 'no reason given'],
  ])('is named when %s', (_, thrown, reason) => {
    expect(failureReason(thrown)).toBe(reason);
  });

  test('is found though causes go round in a circle', () => {
    const error = new Error('round');
    error.cause = error;
    expect(failureReason(error)).toBe('round');
  });
});
