import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { answersUntilClose, exchange, openSocket } from './raw-exchange.ts';
import { ServerProcess } from './server-process.ts';

const uuid = '6f1c3c5e-6a3b-4c0e-9d0a-0d6c5c1b7a11';
const question = JSON.stringify([{ taskType: 'getResponse', taskUUID: uuid }]);
const head = (...headers: string[]) =>
  ['POST /v1 HTTP/1.1', 'Host: localhost', 'Authorization: Bearer key', ...headers, '', ''].join(
    '\r\n',
  );
const request = (body: string) => head(`Content-Length: ${body.length}`) + body;
/** A request that asks for the connection to be closed after its answer. */
const last = head('Connection: close', `Content-Length: ${question.length}`) + question;
const answered = { status: 200, body: { data: [] } };
const refused = (status: number, code: string) => ({
  status,
  body: { errors: [{ code, message: expect.stringMatching(/\.$/) }] },
});

let server: ServerProcess;
/** Its requests' time is over so soon that on a busy machine it can be over for any request. */
let impatient: ServerProcess;
beforeAll(async () => {
  [server, impatient] = await Promise.all([
    ServerProcess.start({ apiKeys: ['key'] }),
    ServerProcess.start({ apiKeys: ['key'], requestTimeoutMs: 400 }),
  ]);
});
afterAll(() => {
  server.kill();
  impatient.kill();
});

afterEach(async () => {
  expect(await exchange(server.port, last)).toEqual([answered]);
  for (const each of [server, impatient]) {
    expect(await each.report()).toMatchObject({ violations: [] });
    expect(each.errors).toBe('');
  }
});

describe('bytes that are no HTTP are answered 400 in Runware’s shape, and the connection closed:', () => {
  test.each([
    ['garbage', 'garbage\r\n\r\n'],
    ['a TLS hello', Buffer.from('160301020001fc0303', 'hex')],
    ['HTTP/2 with prior knowledge', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a header without a name', 'POST /v1 HTTP/1.1\r\n: x\r\n\r\n'],
    ['a NUL in a header', head('X-A: a\0b')],
    ['a length that is no number', head('Content-Length: many')],
    ['a negative length', head('Content-Length: -5')],
    ['two lengths', head('Content-Length: 5', 'Content-Length: 6')],
    ['a length beside chunks', head('Content-Length: 5', 'Transfer-Encoding: chunked')],
    ['a chunk size that is no number', `${head('Transfer-Encoding: chunked')}zz\r\n`],
    ['a path with a line break', 'POST /v\r\n1 HTTP/1.1\r\n\r\n'],
  ])('%s', async (_, bytes) => {
    expect(await exchange(server.port, bytes)).toEqual([refused(400, 'invalidRequest')]);
  });
});

test('headers that are too large are answered 431', async () => {
  const answers = await exchange(server.port, head(`X-Large: ${'x'.repeat(100_000)}`));
  expect(answers).toEqual([refused(431, 'maxHeaderSize')]);
});

describe('a request that does not end is answered 408 when its time is over:', () => {
  test.each([
    ['a body that is shorter than it says', head('Content-Length: 1000') + question],
    ['chunks without end', `${head('Transfer-Encoding: chunked')}5\r\n[1,2,\r\n`],
    ['headers without end', 'POST /v1 HTTP/1.1\r\nHost: localhost\r\nX-A: '],
  ])('%s', async (_, bytes) => {
    expect(await exchange(impatient.port, bytes)).toEqual([refused(408, 'requestTimeout')]);
  });

  test('a body that comes a byte at a time', async () => {
    const socket = await openSocket(impatient.port);
    socket.write(head('Content-Length: 100000'));
    const drip = setInterval(() => socket.write(' '), 20);
    const answers = await answersUntilClose(socket);
    clearInterval(drip);
    expect(answers).toEqual([refused(408, 'requestTimeout')]);
  });
});

test('a connection that says nothing is let go', async () => {
  expect(await exchange(impatient.port, '')).toEqual([refused(408, 'requestTimeout')]);
});

describe('what comes before garbage is answered before it:', () => {
  test('a request', async () => {
    const answers = await exchange(server.port, `${request(question)}garbage\r\n\r\n`);
    expect(answers).toEqual([answered, refused(400, 'invalidRequest')]);
  });

  test('a body that is longer than it says', async () => {
    const answers = await exchange(server.port, `${head('Content-Length: 10')}${question}\r\n\r\n`);
    expect(answers).toEqual([refused(400, 'invalidJSON'), refused(400, 'invalidRequest')]);
  });

  test('many requests', async () => {
    const answers = await exchange(server.port, `${request(question).repeat(30)}\0`);
    expect(answers).toEqual([...Array(30).fill(answered), refused(400, 'invalidRequest')]);
  });
});

describe('a client that closes its side gets its answers:', () => {
  test('after a task that takes a while', async () => {
    const slow = createServer((_, response) => void setTimeout(() => response.end('RIFF'), 200));
    slow.listen(0, '127.0.0.1');
    await once(slow, 'listening');
    onTestFinished(() => void slow.close());
    const media = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/a.wav`;
    const upload = { taskType: 'mediaStorage', taskUUID: uuid, operation: 'upload', media };
    const socket = await openSocket(server.port);
    socket.end(request(JSON.stringify([upload])));
    const row = expect.objectContaining({ taskUUID: uuid, operation: 'upload' });
    expect(await answersUntilClose(socket)).toEqual([{ status: 200, body: { data: [row] } }]);
  });

  const missing = expect.objectContaining({ code: 'missingParameter' });
  test.each([
    ['after a request', request(question), answered],
    [
      'after one that is refused',
      request('[{}]'),
      { status: 400, body: { data: [], errors: [missing] } },
    ],
    ['amid a body', head('Content-Length: 1000') + question, refused(400, 'invalidRequest')],
    ['amid the headers', 'POST /v1 HTTP/1.1\r\nHost: x', refused(400, 'invalidRequest')],
  ])('%s', async (_, bytes, expected) => {
    const socket = await openSocket(server.port);
    socket.end(bytes);
    expect(await answersUntilClose(socket)).toEqual([expected]);
  });
});

test('a client that reads only when it has sent all of a body that is too large keeps its connection', async () => {
  const strict = await ServerProcess.start({ apiKeys: ['key'], maxBodyBytes: 1_000 });
  onTestFinished(() => strict.kill());
  const socket = await openSocket(strict.port);
  const length = 40_000_000;
  await new Promise<void>((resolve, reject) => {
    socket.once('close', () => reject(new Error('The connection was closed amid the body.')));
    socket.write(head(`Content-Length: ${length}`) + ' '.repeat(length), () => resolve());
  });
  socket.write(last);
  expect(await answersUntilClose(socket)).toEqual([refused(400, 'maxBodySize'), answered]);
});

describe('odd requests that are HTTP are served like others:', () => {
  const close = 'Connection: close';
  test.each([
    ['without Host', last.replace('Host: localhost\r\n', ''), refused(403, 'forbidden')],
    ['with an expectation', last.replace('Host:', 'Expect: 100-continue\r\nHost:'), answered],
    ['with another expectation', last.replace('Host:', 'Expect: miracle\r\nHost:'), answered],
    [
      'with an upgrade',
      last.replace('Connection: close', 'Connection: close, upgrade\r\nUpgrade: h2c'),
      answered,
    ],
    [
      'another method',
      `DELETE /v1 HTTP/1.1\r\nHost: localhost\r\n${close}\r\n\r\n`,
      refused(404, 'notFound'),
    ],
    ['an absolute target', last.replace('/v1', 'http://other/v1'), refused(404, 'notFound')],
    ['HTTP/0.9', 'GET /v1\r\n\r\n', refused(403, 'forbidden')],
    [
      'a star',
      `OPTIONS * HTTP/1.1\r\nHost: localhost\r\n${close}\r\n\r\n`,
      refused(404, 'notFound'),
    ],
  ])('%s', async (_, bytes, expected) => {
    expect(await exchange(server.port, bytes)).toEqual([expected]);
  });
});

describe('clients that leave harm nobody:', () => {
  test.each([
    ['before the headers end', 'POST /v1 HTTP/1.1\r\nHost: x'],
    ['in the middle of the body', head('Content-Length: 1000') + question],
    ['in the middle of a chunk', `${head('Transfer-Encoding: chunked')}ff\r\n[`],
    ['before the answer', request(question)],
  ])('%s', async (_, bytes) => {
    for (const leave of ['end', 'destroy', 'resetAndDestroy'] as const) {
      const socket = await openSocket(server.port);
      await new Promise((resolve) => socket.write(bytes, resolve));
      const closed = once(socket, 'close');
      socket[leave]();
      socket.resume();
      await closed;
    }
  });
});
