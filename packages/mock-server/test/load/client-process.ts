// Submits, polls and takes webhooks, in a process of its own. Its parent gives it the work.

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { model } from '@sync3/generated/constants';
import { post } from './post.ts';
import type { ClientReport, LoadShape } from './shape.ts';
import { startWebhookCount } from './webhook-count.ts';

const [, , url = '', shapeText = ''] = process.argv;
const shape: LoadShape = JSON.parse(shapeText);
const agent = new Agent({ keepAlive: true });
const send = (task: object) => post(url, agent, [task]);

const webhooks = await startWebhookCount();
const [video, audio] = await Promise.all(['face.mp4', 'line-short.wav'].map(upload));
const refused: Record<string, number> = {};
const latenciesMs: number[] = [];
const accepted: string[] = [];
/** Accepted and not known to be finished. */
const open = new Set<string>();
let submitted = 0;
let mostLateMs = 0;

const requests = await sendEvenly();
const requestsPerSecond = requests.count / requests.seconds;
await webhooks.settled(shape.tasks * shape.resultsPerTask);
const report: ClientReport = {
  submitted,
  accepted: accepted.length,
  refused,
  latenciesMs,
  mostLateMs,
  requestsPerSecond,
  webhooks: webhooks.report(),
  states: await countStates(),
};
webhooks.close();
agent.destroy();
// A report that is still on its way would be lost with the channel.
process.send?.(report, () => process.disconnect());

/** Sends each request when it is due, whether the ones before have been answered or not, within bounds. */
async function sendEvenly(): Promise<{ count: number; seconds: number }> {
  const { requestsPerSecond: rate, requestsAtOnce = Infinity, submitsPerSecond, tasks } = shape;
  const start = performance.now();
  const pending = new Set<Promise<void>>();
  let count = 0;
  while (submitted < tasks || open.size > 0) {
    const elapsed = performance.now() - start;
    for (; count < (elapsed / 1000) * rate; count++) {
      while (pending.size >= requestsAtOnce) await Promise.race(pending);
      const due = start + (count / rate) * 1000;
      mostLateMs = Math.max(mostLateMs, performance.now() - due);
      const isSubmit = submitted < Math.min(tasks, ((count + 1) / rate) * submitsPerSecond);
      const exchange = (isSubmit ? submit() : poll()).then(() => {
        latenciesMs.push(performance.now() - due);
      });
      pending.add(exchange);
      void exchange.finally(() => pending.delete(exchange));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const seconds = (performance.now() - start) / 1000;
  await Promise.all(pending);
  return { count, seconds };
}

async function submit(): Promise<void> {
  const taskUUID = randomUUID();
  submitted += 1;
  const isFailing = submitted % shape.failingEvery === 0;
  const { status, body } = await send({
    taskType: 'videoInference',
    taskUUID,
    model,
    inputs: { video: isFailing ? randomUUID() : video, audio },
    // Two different renders; so are most of the jobs of a test suite the same.
    outputFormat: submitted % 2 === 0 ? 'MP4' : 'MOV',
    numberResults: shape.resultsPerTask,
    includeCost: true,
    webhookURL: `${webhooks.url}?task=${taskUUID}`,
  });
  if (status !== 200 || body.data?.[0]?.taskUUID !== taskUUID) return note(status);
  accepted.push(taskUUID);
  open.add(taskUUID);
}

/** Asks for the jobs in turn, those first that were asked for longest ago. */
async function poll(): Promise<void> {
  const [taskUUID = accepted[0] ?? randomUUID()] = open;
  if (open.delete(taskUUID)) open.add(taskUUID);
  const { status, body } = await send({ taskType: 'getResponse', taskUUID });
  if (status !== 200) return note(status);
  if (stateOf(body.data) !== 'processing') open.delete(taskUUID);
}

async function countStates(): Promise<ClientReport['states']> {
  const states = { success: 0, error: 0, processing: 0 };
  for (const taskUUID of accepted) {
    const { body } = await send({ taskType: 'getResponse', taskUUID });
    states[stateOf(body.data)] += 1;
  }
  return states;
}

function stateOf(rows: { status: string }[] = []): 'success' | 'error' | 'processing' {
  const isFinished = rows.length === shape.resultsPerTask;
  if (!isFinished || rows.some(({ status }) => status === 'processing')) return 'processing';
  return rows.every(({ status }) => status === 'success') ? 'success' : 'error';
}

function note(status: number): void {
  refused[status] = (refused[status] ?? 0) + 1;
}

async function upload(name: string): Promise<string> {
  const file = await readFile(new URL(`../../../../examples/media/${name}`, import.meta.url));
  const media = file.toString('base64');
  const taskUUID = randomUUID();
  const { body } = await send({ taskType: 'mediaStorage', taskUUID, operation: 'upload', media });
  return body.data?.[0]?.mediaUUID;
}
