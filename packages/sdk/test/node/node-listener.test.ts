import { once } from 'node:events';
import {
  type ClientRequest,
  createServer,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type NodeListenerOptions, toNodeListener } from '../../src/node/index.js';

afterEach(() => {
  vi.useRealTimers();
});

type Handler = (request: Request) => Response | Promise<Response>;
type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

interface Exchange {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A Node server that ends with the test; `before` stands for what Express does in front. */
async function serve(
  handler: Handler,
  { before, ...options }: NodeListenerOptions & { before?: Listener } = {},
) {
  const listener = toNodeListener(handler, options);
  const exchanges: Exchange[] = [];
  const server = createServer((incoming, outgoing) => {
    exchanges.push({ incoming, outgoing });
    before?.(incoming, outgoing);
    listener(incoming, outgoing);
  });
  // Of its own accord Node would close idle connections after 5 s.
  server.keepAliveTimeout = 0;
  const port = await listen(server);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port, url: `http://127.0.0.1:${port}`, exchanges };
}

/** Sends bytes as they are and gives everything that comes back until the server ends. */
async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.write(text);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

/** Waits in turns of the event loop, which go on when timers are faked. */
async function until(isTrue: () => unknown): Promise<void> {
  while (!isTrue()) await turn();
}

/** Waits until a number has not grown for a while. */
async function settled(read: () => number): Promise<number> {
  for (let last = -1, same = 0; same < 10; ) {
    await wait(20);
    same = read() === last ? same + 1 : 0;
    last = read();
  }
  return read();
}

const echo: Handler = async (request) =>
  Response.json({
    url: request.url,
    method: request.method,
    headers: Object.fromEntries(request.headers),
    body: await request.text(),
  });

const megabyte = new Uint8Array(2 ** 20);

describe('a request', () => {
  test('arrives with its method, URL, headers and body', async () => {
    const { url, port } = await serve(echo);
    const answer = await fetch(`${url}/a%20path/?b=%20c&b=d`, {
      method: 'PUT',
      headers: { 'X-Name': 'Zoë' },
      body: 'text ✓',
    });
    await expect(answer.json()).resolves.toMatchObject({
      url: `http://127.0.0.1:${port}/a%20path/?b=%20c&b=d`,
      method: 'PUT',
      headers: { 'x-name': 'Zoë', 'content-type': 'text/plain;charset=UTF-8' },
      body: 'text ✓',
    });
  });

  test.each([
    ['GET', {}],
    ['DELETE', {}],
    ['POST', { 'Content-Length': '0' }],
  ])('has no body when %s carries none', async (method, headers) => {
    const { port } = await serve(({ body }) => Response.json(body === null));
    const request = httpRequest({ port, host: '127.0.0.1', method, headers }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    await expect(response.toArray()).resolves.toEqual([Buffer.from('true')]);
  });

  test('keeps values of a header that comes more than once, and joins cookies', async () => {
    const { port } = await serve(echo);
    const lines = ['X-Tag: a', 'Cookie: b=1', 'x-tag: c', 'Cookie: d=2', 'Connection: close'];
    const text = await sendRaw(port, `GET / HTTP/1.1\r\nHost: h\r\n${lines.join('\r\n')}\r\n\r\n`);
    expect(text).toContain('"x-tag":"a, c"');
    expect(text).toContain('"cookie":"b=1; d=2"');
  });

  test('has the whole URL of a target that is one, and of a path that begins with //', async () => {
    const { port } = await serve(({ url }) => new Response(url));
    const ask = (target: string) =>
      sendRaw(port, `GET ${target} HTTP/1.1\r\nHost: good.example\r\nConnection: close\r\n\r\n`);
    await expect(ask('http://other.example/a')).resolves.toContain('http://other.example/a');
    await expect(ask('//evil.example/a')).resolves.toContain('http://good.example//evil.example/a');
    await expect(ask('/\\evil.example')).resolves.toContain('http://good.example//evil.example');
  });

  test('has the path that Express takes away from a mounted handler', async () => {
    const before = (incoming: object) =>
      Object.assign(incoming, { originalUrl: '/api/x?y', url: '/' });
    const { url, port } = await serve((request) => new Response(request.url), { before });
    const answer = await fetch(url);
    await expect(answer.text()).resolves.toBe(`http://127.0.0.1:${port}/api/x?y`);
  });

  test.each([
    ['GET / HTTP/1.1', 'Host: a b'],
    ['GET / HTTP/1.1', 'Host: evil.example/path?'],
    ['GET / HTTP/1.1', 'Host: user:password@good.example'],
    ['GET / HTTP/1.1', 'Host: good.example#'],
    ['GET / HTTP/1.1', 'Host: good.example\\evil'],
    ['GET / HTTP/1.1', 'Host: good.example:99999'],
    ['GET / HTTP/1.1', 'Host: [::1'],
    ['GET / HTTP/1.1', 'Host: %00'],
    ['GET / HTTP/1.1', 'Host:'],
    ['GET / HTTP/1.1', 'Host: good.example\r\nHost: evil.example'],
    ['GET / HTTP/1.0', 'X-No: host'],
    ['OPTIONS * HTTP/1.1', 'Host: good.example'],
    ['GET http://user:password@good.example/ HTTP/1.1', 'Host: good.example'],
    ['GET http://[::1/ HTTP/1.1', 'Host: good.example'],
    ['GET ftp://good.example/ HTTP/1.1', 'Host: good.example'],
    ['GET good HTTP/1.1', 'Host: good.example'],
    ['TRACE / HTTP/1.1', 'Host: good.example'],
  ])('%s with %j is answered with 400, and the next one works', async (line, host) => {
    const handler = vi.fn(echo);
    const { port, url } = await serve(handler);
    const text = await sendRaw(port, `${line}\r\n${host}\r\nConnection: close\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(handler).not.toHaveBeenCalled();
    await expect(fetch(url)).resolves.toHaveProperty('status', 200);
  });

  test.each(['[::1]:80', 'a-b.example', '127.0.0.1:8080', 'xn--bcher-kva.example:'])(
    'may name the host %s',
    async (host) => {
      const { port } = await serve(({ url }) => new Response(url));
      const text = await sendRaw(
        port,
        `GET /x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
      expect(text).toContain(new URL(`http://${host}/x`).href);
    },
  );

  test('over HTTP/2 arrives as any other', async () => {
    const server = createHttp2Server(toNodeListener(echo) as never);
    const port = await listen(server);
    const client = connectHttp2(`http://127.0.0.1:${port}`);
    onTestFinished(() => {
      client.close();
      server.close();
    });
    const stream = client.request({ ':method': 'POST', ':path': '/h2?x', 'x-name': 'value' });
    stream.end('body');
    const [headers] = await once(stream, 'response');
    expect(headers[':status']).toBe(200);
    const received = JSON.parse(Buffer.concat(await stream.toArray()).toString());
    expect(received).toMatchObject({ url: `http://127.0.0.1:${port}/h2?x`, body: 'body' });
    expect(Object.keys(received.headers).filter((name) => name.startsWith(':'))).toEqual([]);
  });
});

describe('bodies', () => {
  test('are streamed up no faster than they are read', async () => {
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const { port, exchanges } = await serve(async ({ body }) => {
      let size = 0;
      for await (const chunk of body ?? []) {
        size += chunk.length;
        await gate;
      }
      return new Response(`${size}`);
    });
    const request = httpRequest({ port, host: '127.0.0.1', method: 'POST' });
    for (let count = 0; count < 64; count++) request.write(megabyte);
    request.end();
    const responded = once(request, 'response');
    const taken = await settled(() => exchanges[0]?.incoming.socket.bytesRead ?? 0);
    expect(taken).toBeLessThan(16 * 2 ** 20);
    goOn();
    const [response] = (await responded) as [IncomingMessage];
    await expect(response.toArray()).resolves.toEqual([Buffer.from(`${64 * 2 ** 20}`)]);
  });

  test('are streamed down no faster than they are taken', async () => {
    let made = 0;
    const { port } = await serve(() => {
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
        if (++made > 64) controller.close();
        else controller.enqueue(megabyte);
      };
      return new Response(new ReadableStream({ pull }));
    });
    const request = httpRequest({ port, host: '127.0.0.1' }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(await settled(() => made)).toBeLessThan(32);
    let size = 0;
    for await (const chunk of response) size += chunk.length;
    expect(size).toBe(64 * 2 ** 20);
  });

  test('go both ways at once, the headers before the first byte', async () => {
    const { port } = await serve(({ body }) => new Response(body));
    const request = httpRequest({ port, host: '127.0.0.1', method: 'POST' });
    request.flushHeaders();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    for (const word of ['one', 'two']) {
      request.write(word);
      await expect(once(response, 'data')).resolves.toEqual([Buffer.from(word)]);
    }
    request.end();
    await once(response, 'end');
  });

  test('that break off on the way up are an error for whoever reads them', async () => {
    const errors: unknown[] = [];
    const { port, exchanges } = await serve(async (request) => {
      await request.text().catch((error: unknown) => errors.push(error));
      return new Response();
    });
    const headers = { 'Content-Length': '10' };
    const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers });
    request.on('error', () => {});
    request.write('half ');
    await until(() => exchanges.length === 1);
    request.destroy();
    await until(() => errors.length > 0);
    expect(errors[0]).toBeInstanceOf(Error);
  });

  test('that fail on the way down break the connection, as half an answer is none', async () => {
    const onError = vi.fn();
    const pull = vi
      .fn<(controller: ReadableStreamDefaultController) => void>()
      .mockImplementationOnce((controller) => controller.enqueue(new TextEncoder().encode('half')))
      .mockImplementation((controller) => controller.error(new Error('a broken source')));
    const { url } = await serve(() => new Response(new ReadableStream({ pull })), { onError });
    const answer = await fetch(url);
    await expect(answer.text()).rejects.toThrow();
    expect(onError).toHaveBeenCalledWith(new Error('a broken source'));
  });
});

describe('an answer', () => {
  test('carries its status, its headers and several cookies', async () => {
    const headers = new Headers({ 'X-Name': 'value' });
    headers.append('Set-Cookie', 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT');
    headers.append('Set-Cookie', 'b=2');
    const { url } = await serve(() => new Response('made', { status: 201, headers }));
    const answer = await fetch(url);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-name')).toBe('value');
    expect(answer.headers.getSetCookie()).toEqual([
      'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
      'b=2',
    ]);
    await expect(answer.text()).resolves.toBe('made');
  });

  test.each([
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ])('to %s with %i has no body, and its stream is cancelled', async (method, status) => {
    const cancel = vi.fn();
    const { port, exchanges } = await serve(() => {
      const body = new ReadableStream({ cancel });
      // The constructor itself refuses a body with 204 and 304.
      const response = new Response(body, { headers: { 'X-Name': 'value' } });
      return Object.defineProperty(response, 'status', { value: status });
    });
    const text = await sendRaw(
      port,
      `${method} / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`,
    );
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} .*x-name: value\r\n.*\r\n\r\n$`, 's'));
    expect(cancel).toHaveBeenCalledOnce();
    expect(exchanges[0]?.outgoing.writableFinished).toBe(true);
  });

  test.each<[string, Handler]>([
    [
      'throws',
      () => {
        throw new Error('a secret');
      },
    ],
    ['rejects', () => Promise.reject(new Error('a secret'))],
    ['gives no Response', () => undefined as never],
    ['gives a Response of status 0', () => Response.error()],
    [
      'gives a Response that was read',
      async () => {
        const response = new Response('a secret');
        await response.text();
        return response;
      },
    ],
    [
      'gives a Response of which a part was read',
      async () => {
        const response = new Response('a secret');
        const reader = response.body?.getReader();
        await reader?.read();
        reader?.releaseLock();
        return response;
      },
    ],
  ])('of a handler that %s is 500 without detail', async (_, handler) => {
    const onError = vi.fn(() => {
      throw new Error('a faulty log');
    });
    const { url } = await serve(handler, { onError });
    const answer = await fetch(url);
    expect(answer.status).toBe(500);
    await expect(answer.text()).resolves.toBe('Internal Server Error');
    expect(onError).toHaveBeenCalledOnce();
  });
});

describe('the signal', () => {
  test('fires when the client leaves before the answer', async () => {
    const abort = vi.fn();
    const { url, exchanges } = await serve(({ signal }) => {
      signal.addEventListener('abort', abort);
      return new Promise(() => {});
    });
    const controller = new AbortController();
    const asked = fetch(url, { signal: controller.signal }).catch(() => {});
    await until(() => exchanges.length === 1);
    await wait(50);
    expect(abort).not.toHaveBeenCalled();
    controller.abort();
    await asked;
    await until(() => abort.mock.calls.length > 0);
  });

  test('fires when the client leaves during the answer, whose stream is cancelled', async () => {
    const abort = vi.fn();
    const cancel = vi.fn();
    const onError = vi.fn();
    const { url } = await serve(
      ({ signal }) => {
        signal.addEventListener('abort', abort);
        return new Response(new ReadableStream({ start: (c) => c.enqueue(megabyte), cancel }));
      },
      { onError },
    );
    const answer = await fetch(url);
    await answer.body?.cancel();
    await until(() => abort.mock.calls.length > 0 && cancel.mock.calls.length > 0);
    expect(onError).not.toHaveBeenCalled();
  });

  test('may make the handler fail, which is no error then', async () => {
    const onError = vi.fn();
    const failed = vi.fn();
    const { url, exchanges } = await serve(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            failed();
            reject(signal.reason);
          });
        }),
      { onError },
    );
    const controller = new AbortController();
    const asked = fetch(url, { signal: controller.signal }).catch(() => {});
    await until(() => exchanges.length === 1);
    controller.abort();
    await asked;
    await until(() => failed.mock.calls.length > 0);
    await turn();
    expect(onError).not.toHaveBeenCalled();
  });

  test('fires when nobody holds the request any more', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const abort = vi.fn();
    const { url, exchanges } = await serve(async ({ signal }) => {
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve());
      });
      abort();
      return new Response();
    });
    const controllers = Array.from({ length: 10 }, () => new AbortController());
    for (const { signal } of controllers) void fetch(url, { signal }).catch(() => {});
    await until(() => exchanges.length === controllers.length);
    for (let count = 0; count < 10; count++) {
      await wait(10);
      collect();
    }
    for (const controller of controllers) controller.abort();
    await until(() => abort.mock.calls.length === controllers.length);
  });

  test('does not fire once the answer is out', async () => {
    const signals: AbortSignal[] = [];
    const { url, exchanges } = await serve(async (request) => {
      signals.push(request.signal);
      return new Response(await request.text());
    });
    const answer = await fetch(url, { method: 'POST', body: 'text' });
    await answer.text();
    exchanges[0]?.incoming.socket.destroy();
    await settled(() => exchanges.length);
    expect(signals[0]?.aborted).toBe(false);
  });
});

describe('a body that is not read', () => {
  const refuse: Handler = () => new Response('not read', { status: 413 });

  test.each(['keep-alive', 'close'])(
    'does not keep the client from the answer, with Connection: %s',
    async (connection) => {
      const { port } = await serve(refuse);
      for (let count = 0; count < 4; count++) {
        const headers = { Connection: connection, 'Content-Length': 32 * megabyte.length };
        const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers });
        const responded = once(request, 'response');
        // The server ends with the test, perhaps before the upload.
        request.on('error', () => {});
        for (let part = 0; part < 32; part++) request.write(megabyte);
        request.end();
        const [response] = (await responded) as [IncomingMessage];
        expect(response.statusCode).toBe(413);
        await expect(response.toArray()).resolves.toEqual([Buffer.from('not read')]);
      }
    },
  );

  test('and that was cancelled in the middle does not either', async () => {
    const { port } = await serve(async ({ body }) => {
      const reader = body?.getReader();
      await reader?.read();
      await reader?.cancel();
      return new Response('enough', { status: 413 });
    });
    const request = httpRequest({ port, host: '127.0.0.1', method: 'POST' });
    const responded = once(request, 'response');
    request.on('error', () => {});
    for (let part = 0; part < 32; part++) request.write(megabyte);
    request.end();
    const [response] = (await responded) as [IncomingMessage];
    await expect(response.toArray()).resolves.toEqual([Buffer.from('enough')]);
  });

  test('and soon comes to its end leaves the connection in order for the next', async () => {
    const { port, exchanges } = await serve(refuse);
    const agent = new HttpAgent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    for (let count = 0; count < 3; count++) {
      const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', agent });
      request.end(megabyte);
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      await response.toArray();
    }
    expect(new Set(exchanges.map(({ incoming }) => incoming.socket)).size).toBe(1);
  });

  test('and comes to its end after the answer leaves no listener on the connection', async () => {
    const { port, exchanges } = await serve(refuse);
    const agent = new HttpAgent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const counts: (number | undefined)[] = [];
    for (let count = 0; count < 3; count++) {
      const headers = { 'Content-Length': '22' };
      const options = { port, host: '127.0.0.1', method: 'POST', agent, headers };
      const request = httpRequest(options);
      request.write('a beginning');
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      const incoming = exchanges[count]?.incoming;
      counts.push(incoming?.socket.listenerCount('close'));
      const ended = once(response.resume(), 'end');
      request.end(' and an end');
      await Promise.all([ended, once(request, 'close'), until(() => incoming?.readableEnded)]);
    }
    expect(new Set(exchanges.map(({ incoming }) => incoming.socket)).size).toBe(1);
    expect(new Set(counts).size).toBe(1);
  });

  async function begin(port: number, headers = {}): Promise<[ClientRequest, IncomingMessage]> {
    const announced = { 'Content-Length': '1000', ...headers };
    const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers: announced });
    request.on('error', () => {});
    request.write('a beginning');
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return [request, response];
  }

  test.each(['keep-alive', 'close'])(
    'and does not come to its end has the connection closed, with Connection: %s',
    async (connection) => {
      const { port, exchanges } = await serve(refuse);
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const [, response] = await begin(port, { Connection: connection });
      const body = response.toArray();
      const socket = exchanges[0]?.incoming.socket as Socket;
      await until(() => vi.getTimerCount() === 1);
      vi.advanceTimersByTime(9_999);
      await turn();
      expect(socket.destroyed).toBe(false);
      vi.advanceTimersByTime(1);
      await until(() => socket.destroyed);
      await expect(body).resolves.toEqual([Buffer.from('not read')]);
    },
  );

  test('keeps no timer when the client leaves', async () => {
    const { port } = await serve(refuse);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const [request, response] = await begin(port);
    await response.toArray();
    await until(() => vi.getTimerCount() === 1);
    request.destroy();
    await until(() => vi.getTimerCount() === 0);
  });
});

describe('a body that somebody else has read', () => {
  test.each<[string, Listener]>([
    ['whole', (incoming) => void incoming.resume()],
    ['as text', (incoming) => void incoming.setEncoding('utf8')],
  ])('%s is an error that says where to mount the listener', async (_, before) => {
    const handler = vi.fn(echo);
    const onError = vi.fn();
    const listener = toNodeListener(handler, { onError });
    const server = createServer(async (incoming, outgoing) => {
      before(incoming, outgoing);
      if (incoming.readableFlowing) await once(incoming, 'end');
      listener(incoming, outgoing);
    });
    const port = await listen(server);
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: '[]' });
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).toMatch(/before body parsers, such as express\.json\(\)/);
    expect(handler).not.toHaveBeenCalled();
    expect(onError).toHaveBeenCalledOnce();
    expect(onError.mock.calls[0]?.[0]).toMatchObject({
      name: 'Sync3Error',
      code: 'bodyAlreadyRead',
      message: text,
    });
  });
});

test.each<[string, Handler]>([
  ['reads everything', echo],
  ['reads nothing', () => new Response('text')],
  [
    'throws',
    () => {
      throw new Error('broken');
    },
  ],
])('no listener is left when the handler %s', async (_, handler) => {
  const listeners = ({ incoming, outgoing }: Exchange) =>
    [incoming, outgoing].flatMap((emitter) =>
      emitter.eventNames().flatMap((name) =>
        emitter
          .listeners(name)
          // Node's own, which is never taken away.
          .filter((listener) => listener.name !== 'clearIncoming')
          .map(() => String(name)),
      ),
    );
  const atFirst: string[] = [];
  let closeListeners = 0;
  const before: Listener = (incoming, outgoing) => {
    atFirst.push(...listeners({ incoming, outgoing }));
    closeListeners = incoming.socket.listenerCount('close');
  };
  const { url, exchanges } = await serve(handler, { before });
  const answer = await fetch(url, { method: 'POST', body: 'text' });
  await answer.text();
  const [exchange] = exchanges;
  if (!exchange) throw new Error('nothing came');
  await settled(() => listeners(exchange).length);
  expect(listeners(exchange)).toEqual(atFirst);
  expect(exchange.incoming.socket.listenerCount('close')).toBeLessThanOrEqual(closeListeners);
});
