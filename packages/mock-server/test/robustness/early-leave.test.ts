import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { sendFile } from '../../src/send-file.js';
import { sampleMedia } from '../media/sample-media.js';

const file = {
  uuid: 'unused',
  name: 'clip.mp4',
  path: sampleMedia.clip,
  mediaType: 'video/mp4',
  expiresAt: 0,
  isRenewedByUse: false,
};

test('a client that leaves before the first byte of a file is no failure of the server', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  get({ port, host: '127.0.0.1' }).on('error', () => undefined);
  const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  const sent = sendFile(file, request, response, 404);
  // While the file is looked up.
  response.destroy();
  await expect(sent).resolves.toBeUndefined();
});
