import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** The first box of an MP4, as every result begins. */
export const videoHead = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1');

/** Begins as an MP4 does, and is no two times the same in any place a resumption could confuse. */
export const videoBytes = Buffer.concat([
  videoHead,
  Buffer.from(Uint32Array.from({ length: 75_000 }, (_, index) => index * 2_654_435_761).buffer),
]);

/** A real HTTP server that gives a file as a test says; it ends with the test. */
export async function serveFile(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/video.mp4`;
}
