// Starts a mock server, gives it work, and closes it in the middle of that. Nothing here ends the
// process: when something of the server is left, it hangs.

import { mkdtemp, readdir, readFile, rmdir } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { model } from '@sync3/generated/constants';
import { startMockServer } from '@sync3/mock-server';

const [work, first = '', second = ''] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'sync3-close-'));
process.env['TMPDIR'] = folder;
const mock = await startMockServer({ apiKeys: ['key'], jobDurationMs: 60_000 });

/** Posts tasks on a connection that stays open, as those of `fetch` do. */
function post(tasks) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: 'Bearer key' };
    const sent = request(mock.url, { method: 'POST', headers }, async (response) => {
      resolve(JSON.parse((await response.toArray()).join('')));
    });
    // The server closes while it answers.
    sent.on('error', reject).end(JSON.stringify(tasks));
  });
}

function job(inputs) {
  const taskUUID = crypto.randomUUID();
  return { taskType: 'videoInference', taskUUID, model, inputs, outputFormat: 'WEBM' };
}

async function stored(path) {
  const media = (await readFile(path)).toString('base64');
  const taskUUID = crypto.randomUUID();
  const answer = await post([{ taskType: 'mediaStorage', taskUUID, operation: 'upload', media }]);
  return answer.data[0].mediaUUID;
}

/** Waits until the server has begun to write such a file. */
async function appeared(ending) {
  while (!(await readdir(folder, { recursive: true })).some((name) => name.endsWith(ending))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

if (work === 'render') {
  const inputs = { video: await stored(first), audio: await stored(second) };
  await post([job(inputs), job(inputs), job(inputs)]);
  await appeared('.partial');
}
if (work === 'download') {
  await post([job({ video: first, audio: first })]);
  mock.faults.add({ on: 'any', kind: 'stall' });
  post([job({ video: first, audio: first })]).catch(() => undefined);
  connect(Number(new URL(mock.url).port), '127.0.0.1')
    .on('error', () => undefined)
    .write('POST /v1 HTTP/1.1\r\nContent-Length: 100\r\n\r\n[');
  await appeared('.mp4');
}
const { length } = mock.tasks;
await mock.close();
// Refuses to remove a folder in which something was left.
await rmdir(folder);
console.log(`closed with ${length} tasks`);
