import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ServerProcess } from './server-process.ts';

const size = 30_000_000;

let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start({ apiKeys: ['key'] });
});
afterAll(() => server.kill());

/** A host whose every connection is answered with these bytes, as the server sees fit. */
async function host(answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const listener = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('data', () => answer(socket));
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  });
  return `http://127.0.0.1:${(listener.address() as AddressInfo).port}/v.mp4`;
}

async function upload(media: string) {
  const task = { taskType: 'mediaStorage', taskUUID: randomUUID(), operation: 'upload', media };
  const headers = { authorization: 'Bearer key' };
  const response = await fetch(server.url, {
    method: 'POST',
    headers,
    body: JSON.stringify([task]),
  });
  // biome-ignore lint/suspicious/noExplicitAny: the test looks into it
  return { status: response.status, body: (await response.json()) as any };
}

// Python's http.server answers like this. The fetch of Node 22 to 26 dies of it, and the process
// with it, when the end of the connection comes while a slow disk has paused the body.
const head = (type = 'video/mp4') =>
  `HTTP/1.0 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${size}\r\n\r\n`;

test('a file from a host that closes each connection is stored whole', async () => {
  const url = await host((socket) => {
    socket.write(head());
    socket.end(Buffer.alloc(size, 7));
  });
  for (let round = 0; round < 5; round++) {
    const { status, body } = await upload(url);
    expect(status).toBe(200);
    const stored = await fetch(body.data[0].mediaURL, { method: 'HEAD' });
    expect(stored.headers.get('content-length')).toBe(String(size));
  }
});

test.each<[string, (socket: Socket) => void]>([
  ['ends in its middle', (socket) => socket.write(head()) && socket.end(Buffer.alloc(size / 2))],
  [
    'is reset in its middle',
    (socket) =>
      socket.write(head()) && socket.write(Buffer.alloc(size / 2), () => socket.resetAndDestroy()),
  ],
  ['ends before it begins', (socket) => socket.end()],
  ['is no HTTP', (socket) => socket.end('220 ready\r\n')],
  ['has no end of headers', (socket) => socket.end('HTTP/1.1 200 OK\r\nX: y')],
  ['is a redirect without end', (socket) => socket.end(redirect('/again'))],
  ['is a redirect to another host', (socket) => socket.end(redirect('https://example.com/v.mp4'))],
  ['is a redirect to a file', (socket) => socket.end(redirect('file:///etc/passwd'))],
])('a file that %s is refused, and the server goes on', async (_, answer) => {
  const { status, body } = await upload(await host(answer));
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([
    { code: 'downloadFailed', message: expect.stringMatching(/could not be fetched: .+\.$/) },
  ]);
  expect((await upload(btoa('still there'))).status).toBe(200);
  expect(server.errors).toBe('');
});

function redirect(location: string): string {
  return `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;
}
