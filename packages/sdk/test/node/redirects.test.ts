import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { globalAgent, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConnectionError } from '../../src/index.js';
import { saveVideo } from '../../src/node/index.js';
import { serveFile, videoBytes } from './file-host.js';

/** What names resolve to; others do not exist. */
const names = vi.hoisted((): Record<string, string[]> => ({}));
vi.mock('node:dns', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  lookup: (name: string, _: object, done: (error: Error | null, addresses?: object[]) => void) => {
    const addresses = names[name]?.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    if (addresses) done(null, addresses);
    else done(new Error(`getaddrinfo ENOTFOUND ${name}`));
  },
}));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sync3-redirect-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  // Its idle connections lead to the server of this test.
  globalAgent.destroy();
  for (const name of Object.keys(names)) delete names[name];
  rmSync(folder, { recursive: true });
});

/** The test server stands for every host of the internet, by its address. */
async function serveInternet(listener: RequestListener): Promise<{ connected: string[] }> {
  const { port } = new URL(await serveFile(listener));
  const connected: string[] = [];
  vi.spyOn(globalAgent, 'createConnection').mockImplementation((options) => {
    const { host, lookup } = options as { host: string; lookup?: typeof import('node:dns').lookup };
    if (!lookup) connected.push(host);
    // What Node would connect to.
    lookup?.(host, { all: true }, (_, addresses) => connected.push(`${addresses[0]?.address}`));
    return connect(Number(port), '127.0.0.1');
  });
  return { connected };
}

const publicStart = 'http://203.0.113.7/start.mp4';
const redirectTo =
  (location: string): RequestListener =>
  ({ url }, response) => {
    if (url === '/start.mp4') response.writeHead(302, { location }).end();
    else response.end(videoBytes);
  };

async function save(url: string, options = {}) {
  return saveVideo({ url, taskUUID: 'a-task' }, join(folder, 'out.mp4'), options);
}

describe('a download that begins at a public host is not redirected to', () => {
  test.each([
    'http://127.0.0.1/admin',
    'http://localhost:8080/admin',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.1.2.3/',
    'http://192.168.0.1/',
    'http://172.16.0.1/',
    'http://[::1]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://2130706433/',
    'http://0x7f.1/',
  ])('%s', async (location) => {
    const { connected } = await serveInternet(redirectTo(location));
    const error = await save(publicStart).catch((caught) => caught);
    expect(ConnectionError.is(error)).toBe(true);
    expect(error).toMatchObject({
      code: 'privateRedirect',
      retryable: false,
      taskUUID: 'a-task',
      message: expect.stringContaining('allowPrivateRedirects'),
    });
    expect(error.message).toContain(new URL(location).hostname);
    expect(connected).toEqual(['203.0.113.7']);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    [['10.0.0.1']],
    [['203.0.113.8', '169.254.169.254']],
    [['fd00::1']],
    [['::ffff:10.0.0.1']],
  ])('a name that resolves to %j', async (addresses) => {
    names['rebound.example'] = addresses;
    const { connected } = await serveInternet(redirectTo('http://rebound.example/'));
    await expect(save(publicStart)).rejects.toMatchObject({ code: 'privateRedirect' });
    expect(connected).toEqual(['203.0.113.7']);
  });

  test('a private host by way of a public one', async () => {
    await serveInternet(({ url }, response) => {
      const location = url === '/start.mp4' ? 'http://203.0.113.8/next' : 'http://10.0.0.1/';
      response.writeHead(307, { location }).end();
    });
    await expect(save(publicStart)).rejects.toMatchObject({ code: 'privateRedirect' });
  });

  test('a private host, also with a fetch of the application', async () => {
    const asked: string[] = [];
    const fetch = async (url: unknown) => {
      asked.push(String(url));
      return new Response(null, { status: 302, headers: { location: 'http://127.0.0.1:1/' } });
    };
    await expect(save(publicStart, { fetch })).rejects.toMatchObject({ code: 'privateRedirect' });
    expect(asked).toEqual([publicStart]);
  });
});

describe('a redirect is followed', () => {
  test.each([
    ['with allowPrivateRedirects', publicStart, 'http://10.0.0.1/a', true],
    [
      'from a private host to a private one',
      'http://10.0.0.2/start.mp4',
      'http://10.0.0.1/a',
      false,
    ],
    ['from a public host to a public one', publicStart, 'http://203.0.113.9/a', false],
  ])('%s', async (_, url, location, allowPrivateRedirects) => {
    await serveInternet(redirectTo(location));
    await expect(save(url, { allowPrivateRedirects })).resolves.toBe(videoBytes.length);
  });

  test('to the address that was looked at, whatever the name resolves to later', async () => {
    names['cdn.example'] = ['203.0.113.9'];
    const { connected } = await serveInternet(redirectTo('http://cdn.example/a'));
    await save(publicStart);
    expect(connected).toEqual(['203.0.113.7', '203.0.113.9']);
  });

  test('with a fetch of the application, from place to place', async () => {
    const url = await serveFile(({ url }, response) => {
      if (url === '/moved/here.mp4') response.end(videoBytes);
      else if (url === '/moved/') response.writeHead(302, { location: 'here.mp4' }).end();
      else response.writeHead(307, { location: '/moved/' }).end('moved');
    });
    await save(url, { fetch: globalThis.fetch });
    expect(readFileSync(join(folder, 'out.mp4')).equals(videoBytes)).toBe(true);
  });
});

describe('credentials', () => {
  async function headersAfter(start: string, location: string): Promise<IncomingHttpHeaders> {
    let headers: IncomingHttpHeaders = {};
    await serveInternet((request, response) => {
      if (request.url === '/start.mp4') response.writeHead(302, { location }).end();
      else {
        headers = request.headers;
        response.end(videoBytes);
      }
    });
    await save(start);
    return headers;
  }

  test.each([
    ['of another host', publicStart, 'http://user:secret@203.0.113.8/a'],
    ['of the same host', publicStart, 'http://user:secret@203.0.113.7/a'],
    [
      'for another host than its own',
      'http://user:secret@203.0.113.7/start.mp4',
      'http://203.0.113.8/a',
    ],
  ])('%s in a redirect are not sent', async (_, start, location) => {
    expect(await headersAfter(start, location)).not.toHaveProperty('authorization');
  });

  test('of the given URL stay with its host', async () => {
    const { authorization } = await headersAfter('http://user:mine@203.0.113.7/start.mp4', '/a');
    expect(authorization).toBe(`Basic ${Buffer.from('user:mine').toString('base64')}`);
  });
});

test.each(['file:///etc/passwd', 'data:video/mp4,x', 'ftp://203.0.113.8/a'])(
  'a redirect to %s is a failed download, with a fetch of the application, too',
  async (location) => {
    const fetch = async () => new Response(null, { status: 302, headers: { location } });
    await expect(save(publicStart, { fetch })).rejects.toMatchObject({ name: 'ConnectionError' });
  },
);
