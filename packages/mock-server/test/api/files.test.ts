import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteRange } from '../../src/byte-range.js';
import { start, upload } from './start.js';

const bytes = Buffer.from('0123456789');

async function storedFile() {
  const { post } = await start();
  const { body } = await post([upload(`data:video/mp4;base64,${bytes.toString('base64')}`)]);
  const url: string = body.data[0].mediaURL;
  return async (range?: string, method = 'GET') => {
    const response = await fetch(url, { method, headers: range ? { range } : {} });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
}

describe('a file can be read in parts, as players do:', () => {
  test.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
  ])('%s', async (range, text, contentRange) => {
    const get = await storedFile();
    const answer = await get(range);
    expect([answer.status, answer.text]).toEqual([206, text]);
    expect(answer.headers.get('content-range')).toBe(contentRange);
  });

  test('behind its end there is nothing', async () => {
    const get = await storedFile();
    const { status, headers } = await get('bytes=10-');
    expect([status, headers.get('content-range')]).toEqual([416, 'bytes */10']);
  });

  test.each([undefined, 'bytes=0-1,4-5', 'bytes=4-2', 'bytes=-', 'lines=1-2', 'bytes=a-b'])(
    'for %s all of it is sent',
    async (range) => {
      const get = await storedFile();
      const { status, headers, text } = await get(range);
      expect([status, text]).toEqual([200, bytes.toString()]);
      expect(headers.get('accept-ranges')).toBe('bytes');
    },
  );

  test('HEAD tells the size only', async () => {
    const get = await storedFile();
    const { status, headers, text } = await get(undefined, 'HEAD');
    expect([status, headers.get('content-length'), text]).toEqual([200, '10', '']);
  });
});

test('a range never leaves its file', () => {
  const part = fc.oneof(fc.constant(''), fc.nat(200).map(String), fc.constant('9'.repeat(30)));
  fc.assert(
    fc.property(part, part, fc.nat(100), (first, last, size) => {
      const range = byteRange(`bytes=${first}-${last}`, size);
      if (range === undefined || range === 'unsatisfiable') return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeGreaterThanOrEqual(range.start);
      expect(range.end).toBeLessThan(size);
    }),
  );
});
