import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { start } from '../api/start.js';
import { askControl } from './ask.js';

const names = [
  '',
  'page.js',
  'state',
  'requests',
  'stats',
  'violations',
  'faults',
  'changes',
  'events',
];

describe('a request that another web site could have caused is refused:', () => {
  test.each([
    ['a name that resolves to this machine', { host: 'mock.attacker.example:PORT' }],
    ['a name that begins like this machine', { host: '127.0.0.1.attacker.example' }],
    ['a name and a user', { host: 'localhost@attacker.example' }],
    ['a user and this machine', { host: 'attacker.example@localhost' }],
    ['a name with a path', { host: 'localhost/attacker.example' }],
    ['the address of another machine', { host: '192.168.0.1:PORT' }],
    ['all addresses', { host: '0.0.0.0:PORT' }],
    ['a page of another site', { host: '127.0.0.1:PORT', origin: 'https://attacker.example' }],
    ['a page of another local server', { host: '127.0.0.1:PORT', origin: 'http://127.0.0.1:3000' }],
    ['a page under another name', { host: '127.0.0.1:PORT', origin: 'http://localhost:PORT' }],
    ['a page that hides where it is from', { host: '127.0.0.1:PORT', origin: 'null' }],
  ])('%s', async (_, pattern) => {
    const { mock } = await start();
    const { port } = new URL(mock.url);
    const headers = JSON.parse(JSON.stringify(pattern).replaceAll('PORT', port));
    for (const name of names) {
      const answer = await askControl(mock.url, name, { headers });
      expect([name, answer.status]).toEqual([name, 403]);
    }
    const body = { on: 'any', kind: 'stall' };
    const posted = await askControl(mock.url, 'faults', { method: 'POST', body, headers });
    expect(posted.status).toBe(403);
    expect(mock.faults.planned).toEqual([]);
  });

  test('none that names no host', async () => {
    const { mock } = await start();
    const sent = request(new URL('/__mock/state', mock.url), { setHost: false, agent: false });
    const status = await new Promise((resolve, reject) => {
      sent
        .once('response', (response) => resolve(response.resume().statusCode))
        .once('error', reject);
      sent.end();
    });
    expect(status).toBeGreaterThanOrEqual(400);
  });
});

test.each([
  ['127.0.0.1:PORT', undefined],
  ['localhost:PORT', undefined],
  ['LOCALHOST:PORT', 'http://localhost:PORT'],
  ['127.0.0.1:PORT', 'http://127.0.0.1:PORT'],
  ['[::1]:PORT', 'http://[::1]:PORT'],
  ['localhost', 'http://localhost'],
])('this machine as %s, from %s, is answered', async (host, origin) => {
  const { mock } = await start();
  const { port } = new URL(mock.url);
  const headers = { host, ...(origin && { origin }) };
  const real = JSON.parse(JSON.stringify(headers).replaceAll('PORT', port));
  expect((await askControl(mock.url, 'stats', { headers: real })).status).toBe(200);
});

test('no other page may read, frame or guess the type of an answer', async () => {
  const { mock } = await start();
  for (const name of ['', 'page.js', 'page.css', 'state', 'faults', 'nothing']) {
    const { headers } = await askControl(mock.url, name);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  }
  const { headers } = await askControl(mock.url, '');
  expect(headers['content-security-policy']).toMatch(
    /^default-src 'none'; .*frame-ancestors 'none'/,
  );
});

test('media of other hosts may be played only where outbound requests are allowed', async () => {
  const policyOf = async (allowOutbound: boolean) => {
    const { mock } = await start({ allowOutbound });
    const { headers } = await askControl(mock.url, '');
    return /media-src ([^;]*)/.exec(String(headers['content-security-policy']))?.[1];
  };
  expect(await policyOf(false)).toBe("'self' http://127.0.0.1:* http://localhost:*");
  expect(await policyOf(true)).toBe("'self' http: https:");
});

test.each([
  '../package.json',
  '%2e%2e/serve-page.js',
  'browser/page.js',
  'constructor',
  '__proto__',
])('%s is no file of the page', async (name) => {
  const { mock } = await start();
  expect((await askControl(mock.url, name)).status).toBe(404);
});
