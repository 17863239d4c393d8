// A process of its own: starts a server, closes it in the middle of its work, and must then end by
// itself. Prints what is still open.

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { model } from '@sync3/generated/constants';
import { startMockServer } from '@sync3/mock-server';

const held: string[] = [];
/** Answers `/refusing` with 500, and others never. */
const receiver = createServer((request, response) => {
  request.resume();
  if (request.url === '/refusing') response.writeHead(500).end();
  held.push(`${request.url}`);
});
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const { port } = receiver.address() as { port: number };
const to = (path: string) => `http://127.0.0.1:${port}/${path}`;

const mock = await startMockServer({ jobDurationMs: 0 });
const post = async (task: object) => {
  const response = await fetch(mock.url, {
    method: 'POST',
    headers: { authorization: 'Bearer key', connection: 'close' },
    body: JSON.stringify([{ taskUUID: randomUUID(), ...task }]),
  });
  // biome-ignore lint/suspicious/noExplicitAny: what a server sent
  return ((await response.json()) as any).data[0];
};
const upload = async (name: string): Promise<string> => {
  const file = await readFile(new URL(`../../../../examples/media/${name}`, import.meta.url));
  const media = file.toString('base64');
  return (await post({ taskType: 'mediaStorage', operation: 'upload', media })).mediaUUID;
};
const video = await upload('face.mp4');
const audio = await upload('line-short.wav');
const submit = (where: object, inputs = { video, audio }) =>
  post({ taskType: 'videoInference', model, inputs, ...where });

await submit({ webhookURL: to('silent'), uploadEndpoint: to('upload') });
await submit({ webhookURL: to('refusing') });
while (!['/silent', '/upload', '/refusing'].every((url) => held.includes(url))) {
  await new Promise((resolve) => setTimeout(resolve, 20));
}
mock.faults.add({ on: 'webhook', kind: 'reordered-webhooks' });
await submit({ webhookURL: to('held-back') });
// A download that does not come to its end, and a render that may be under way.
await submit({}, { video: to('download'), audio });
await submit({ settings: { syncMode: 'bounce' } });
while (!held.includes('/download')) await new Promise((resolve) => setTimeout(resolve, 20));

await mock.close();
receiver.close();
receiver.closeAllConnections();
await new Promise((resolve) => setTimeout(resolve, 100));
process.stdout.write(JSON.stringify(open()));

/** The timers and sockets that would keep the process alive, but for its own output. */
function open(): string[] {
  const own = new Set(['PipeWrap', 'TTYWrap', 'FSReqCallback']);
  return process.getActiveResourcesInfo().filter((kind) => !own.has(kind));
}
