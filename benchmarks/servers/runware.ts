import { randomUUID } from 'node:crypto';
import { discardBase64, readText } from './bodies.ts';
import { isDone, type Job, resultUrl } from './job-book.ts';
import type { Answer, Exchange, Protocol } from './protocol.ts';

interface WireTask {
  taskType: string;
  taskUUID: string;
}

/** A longer body is an upload. */
const longestQuestion = 1024 * 1024;

/** Runware: one address, lists of tasks, `getResponse` for states. */
export const runware: Protocol = async ({ request, book }: Exchange): Promise<Answer> => {
  if (Number(request.headers['content-length']) > longestQuestion) {
    const { head, bytes } = await discardBase64(request);
    const taskUUID = /"taskUUID":"([^"]+)"/.exec(head)?.[1];
    const mediaUUID = randomUUID();
    const mediaURL = `https://example.com/${mediaUUID}.mp4`;
    const row = { taskType: 'mediaStorage', taskUUID, operation: 'upload', mediaUUID, mediaURL };
    return { kind: 'upload', uploadedBytes: bytes, body: { data: [row] } };
  }
  const tasks: WireTask[] = JSON.parse(await readText(request));
  const jobs: Job[] = [];
  const data = tasks.flatMap((task) => {
    const { taskType, taskUUID } = task;
    const isQuestion = taskType === 'getResponse';
    // Runware says nothing about a job that it does not know.
    if (isQuestion && !book.has(taskUUID)) return [];
    const job = isQuestion ? book.find(taskUUID) : book.accept(JSON.stringify(task), taskUUID);
    jobs.push(job);
    return isQuestion ? stateOf(job) : { taskType, taskUUID };
  });
  const kind = tasks[0]?.taskType === 'getResponse' ? 'poll' : 'submit';
  return { kind, jobs, body: { data } };
};

function stateOf(job: Job): object {
  const row = { taskType: 'videoInference', taskUUID: job.id };
  if (!isDone(job)) return { ...row, status: 'processing' };
  return { ...row, status: 'success', videoUUID: job.id, videoURL: resultUrl(job) };
}
