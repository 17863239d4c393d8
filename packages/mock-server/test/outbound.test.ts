import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Outbound, OutboundRefused, reasonOf } from '../src/outbound.ts';

const { signal } = new AbortController();
const guarded = new Outbound(false);

async function listen(answer: RequestListener, host = '127.0.0.1'): Promise<number> {
  const server = createServer(answer).listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Asks for nothing: whether the gate lets a request through shows before it is sent. */
function open(url: string): void {
  const request = guarded.open(url, { method: 'POST', signal });
  request.on('error', () => undefined).destroy();
}

describe('refused unless allowOutbound', () => {
  test.each([
    'http://example.com/',
    'https://example.com/',
    // Names that resolve to this machine, or may at the next question.
    'http://localhost.evil.test/',
    'http://127.0.0.1.evil.test/',
    'http://127.0.0.1.nip.io/',
    'http://localhost./',
    'http://notlocalhost/',
    // The host comes after the user.
    'http://127.0.0.1@evil.test/',
    'http://localhost:80@evil.test/',
    'http://evil.test#@127.0.0.1/',
    'http://evil.test\\@127.0.0.1/',
    // Addresses of other machines, in every spelling.
    'http://93.184.216.34/',
    'http://1572395042/',
    'http://0x5db8d822/',
    'http://0135.0270.0330.042/',
    'http://[2606:2800:220:1:248:1893:25c8:1946]/',
    // Not other machines, but not loopback either.
    'http://0.0.0.0/',
    'http://0/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://[fe80::1]/',
    'http://128.0.0.1/',
    'http://126.255.255.255/',
  ])('%s', (url) => {
    expect(() => open(url)).toThrow(OutboundRefused);
  });

  test('every IPv4 address outside of 127.0.0.0/8, written as a number', () => {
    const elsewhere = fc.integer({ min: 0, max: 2 ** 32 - 1 }).filter((n) => n >>> 24 !== 127);
    fc.assert(
      fc.property(elsewhere, (address) => {
        expect(() => open(`http://${address}/`)).toThrow(OutboundRefused);
      }),
    );
  });

  test('every name but localhost', () => {
    fc.assert(
      fc.property(fc.domain(), (name) => {
        expect(() => open(`http://${name}/`)).toThrow(OutboundRefused);
      }),
    );
  });
});

test.each(['file:///etc/hostname', 'ftp://127.0.0.1/', 'data:,x', 'ws://127.0.0.1/', 'nonsense'])(
  '%s is refused even with allowOutbound',
  (url) => {
    expect(() => new Outbound(true).open(url, { method: 'GET', signal })).toThrow(OutboundRefused);
  },
);

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', '127.0.0.1'],
  ['LOCALHOST', '::1'],
  ['[::1]', '::1'],
  ['[0:0:0:0:0:0:0:1]', '::1'],
  ['2130706433', '127.0.0.1'],
  ['0x7f000001', '127.0.0.1'],
  ['0177.0.0.1', '127.0.0.1'],
  ['127.1', '127.0.0.1'],
  ['user:password@127.0.0.1', '127.0.0.1'],
])('http://%s reaches a server on %s', async (host, address) => {
  const port = await listen((_, response) => response.end('here'), address);
  const response = await guarded.get(`http://${host}:${port}/`, signal);
  expect(Buffer.concat(await response.toArray()).toString()).toBe('here');
});

describe('a redirect', () => {
  const redirectingTo = (location: string) => (response: Parameters<RequestListener>[1]) =>
    response.writeHead(302, { location }).end();

  test.each(['http://example.com/', '//example.com/', 'file:///etc/hostname', 'http://[broken/'])(
    'to %s is refused',
    async (location) => {
      const port = await listen((_, response) => redirectingTo(location)(response));
      const get = guarded.get(`http://127.0.0.1:${port}/`, signal);
      await expect(get).rejects.toThrow(OutboundRefused);
    },
  );

  test('to this machine is followed', async () => {
    const port = await listen(({ url }, response) => {
      if (url === '/there') response.end('there');
      else redirectingTo('/there')(response);
    });
    const response = await guarded.get(`http://127.0.0.1:${port}/`, signal);
    expect(Buffer.concat(await response.toArray()).toString()).toBe('there');
  });

  test('without an end is given up', async () => {
    let requests = 0;
    const port = await listen((_, response) => {
      requests += 1;
      redirectingTo('/again')(response);
    });
    await expect(guarded.get(`http://127.0.0.1:${port}/`, signal)).rejects.toThrow('5 times');
    expect(requests).toBe(6);
  });
});

test('a server that switches protocols is a failure with a reason', async () => {
  const switching = createServer().on('upgrade', () => {});
  switching.removeAllListeners('request').on('connection', (socket) => {
    socket.once('data', () => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
    });
  });
  switching.listen(0, '127.0.0.1');
  await once(switching, 'listening');
  onTestFinished(() => void switching.close());
  const { port } = switching.address() as AddressInfo;
  await expect(guarded.get(`http://127.0.0.1:${port}/`, signal)).rejects.toThrow(
    'without an answer',
  );
});

test('a server that listens at none of its addresses is a failure with a reason', async () => {
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  gone.close();
  await once(gone, 'close');
  const error = await guarded.get(`http://localhost:${port}/`, signal).catch((reason) => reason);
  expect(reasonOf(error)).toContain('ECONNREFUSED');
});
