import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inspectMedia } from '@sync3/mock-server';
import type { Sync3 } from '@sync3/sdk';
import { toNodeListener } from '@sync3/sdk/node';
import { expect, onTestFinished, vi } from 'vitest';
import { createHook, dubLater, type Hook } from '../dub-later.ts';
import { client, clip, test } from './fixtures.ts';

const secret = 'a secret of the tests';

/** The application's hook, on a port of its own; it counts what it answers. */
async function listen(sync3: Sync3, folder: string) {
  const statuses: number[] = [];
  const handle = createHook(sync3, { secret }, folder);
  const server = createServer(
    toNodeListener(async (request) => {
      const response = await handle(request);
      statuses.push(response.status);
      return response;
    }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const hook: Hook = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, secret };
  return { hook, statuses };
}

test('a result is saved when the webhook tells of it, once, however often that is', async ({
  mock,
  folder,
  charged,
}) => {
  mock.faults.add({ on: 'webhook', kind: 'duplicate-webhook' });
  const { hook, statuses } = await listen(client(mock), folder);
  const taskUUID = await dubLater(client(mock), clip('later'), hook);
  await vi.waitFor(() => expect(statuses).toEqual([200, 200]), { timeout: 280_000 });
  expect(await readdir(folder)).toEqual([`${taskUUID}.mp4`]);
  expect((await inspectMedia(join(folder, `${taskUUID}.mp4`))).video?.frameCount).toBe(125);
  expect(charged()).toBe(1);
});

test('whoever does not know the secret is refused, and nothing is saved', async ({
  mock,
  folder,
}) => {
  const { hook, statuses } = await listen(client(mock), folder);
  const body = JSON.stringify({ taskUUID: crypto.randomUUID(), videoURL: mock.url });
  await fetch(hook.url, { method: 'POST', body });
  expect(statuses).toEqual([401]);
  expect(await readdir(folder)).toEqual([]);
});
