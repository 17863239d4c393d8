// Emulates Runware's API in a thread of its own, with faults. It tells its port first; after that,
// any message asks it for a report.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { parentPort, workerData } from 'node:worker_threads';
import { chance } from './chance.ts';
import type { ChaosMessage, ChaosOptions, ChaosReport } from './chaos-report.ts';
import {
  type Answer,
  createEmulatedJobs,
  nameOf,
  together,
  type WireTask,
} from './emulated-jobs.ts';
import { faultFor } from './faults.ts';
import { reply } from './reply.ts';

const { seed, isFaulty, unanswered }: ChaosOptions = workerData;
const jobs = createEmulatedJobs(seed);
const counts = new Map<string, number>();
const toWithhold = new Set(unanswered);
const report: ChaosReport = {
  acceptances: jobs.acceptances,
  faults: {},
  conflicts: 0,
  violations: [],
  cutRequests: 0,
  openRequests: 0,
};

const server = createServer(async (request, response) => {
  report.openRequests++;
  response.once('close', () => report.openRequests--);
  const text = await readText(request).catch(() => undefined);
  if (text === undefined) {
    // There is nobody to answer.
    report.cutRequests++;
    return;
  }
  try {
    handle(JSON.parse(text), response);
  } catch (error) {
    report.violations.push(`${error}: ${text.slice(0, 200)}`);
    response.destroy();
  }
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
tell({ port: (server.address() as AddressInfo).port });

parentPort?.on('message', () => tell({ report }));

function handle(tasks: WireTask[], response: ServerResponse): void {
  const [task] = tasks;
  if (!task) throw new Error('No task');
  const isSubmit = task.taskType === 'videoInference';
  const kind = isSubmit ? `submit of ${nameOf(task)}` : 'question';
  const count = counts.get(kind) ?? 0;
  counts.set(kind, count + 1);

  const fault = isFaulty ? faultFor(seed, isSubmit, `${count}. ${kind}`) : undefined;
  if (fault) report.faults[fault.name] = (report.faults[fault.name] ?? 0) + 1;
  if (isSubmit && fault?.isAccepted === false) {
    reply(response, { data: [], errors: [] }, fault);
    return;
  }
  // Of a list that an accident befalls, some tasks are accepted and others are not.
  const isPart = isSubmit && fault && tasks.length > 1;
  const taken = tasks.filter(
    (each) => !isPart || chance(seed, 'taken', `${count}. ${nameOf(each)}`) < 0.5,
  );
  const answer = together(taken.map(answerTo));
  // Wherever it stands in a list.
  const isWithheld = isSubmit && taken.some((each) => toWithhold.delete(nameOf(each)));
  if (!isWithheld) reply(response, answer, fault);
}

function answerTo(task: WireTask): Answer {
  const { taskType, taskUUID } = task;
  if (taskType === 'getResponse') return jobs.look(taskUUID);
  if (taskType === 'mediaStorage') {
    const mediaUUID = crypto.randomUUID();
    return { data: [{ taskType, taskUUID, operation: 'upload', mediaUUID }], errors: [] };
  }
  if (taskType === 'getTaskDetails') {
    const { data } = jobs.look(taskUUID);
    return { data: [{ taskType, taskUUID, request: [], response: { data } }], errors: [] };
  }
  if (taskType !== 'videoInference') throw new Error(`A task of type ${taskType}`);
  const answer = jobs.accept(task);
  if (answer.errors.length === 0) tell({ accepted: nameOf(task) });
  else report.conflicts++;
  return answer;
}

function tell(message: ChaosMessage): void {
  parentPort?.postMessage(message);
}
