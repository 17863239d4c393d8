// Waits for a task, stops waiting in one of several ways, and has nothing more to do.
import { setTimeout as delay } from 'node:timers/promises';
import { Sync3 } from '@sync3/sdk';

const [baseUrl = '', way = ''] = process.argv.slice(2);
let isAsked = false;
const onRequest = () => {
  isAsked = true;
};
const sync3 = new Sync3({ apiKey: 'key', baseUrl, hooks: { onRequest } });
const task = sync3.tasks.attach(crypto.randomUUID());

if (way === 'deadline') await task.wait({ timeoutMs: 100 }).catch(() => {});
else if (way === 'abort') {
  const controller = new AbortController();
  const waits = [1, 2, 3].map(() => task.wait({ signal: controller.signal }));
  const ended = Promise.allSettled(waits);
  await delay(100);
  controller.abort();
  await ended;
} else if (way === 'break') {
  for await (const _ of task) break;
} else {
  const video = 'https://example.com/talk.mp4';
  await sync3.lipsync.run({ inputs: { video, audio: 'https://example.com/line.wav' } });
}
console.log(JSON.stringify({ way, isAsked }));
