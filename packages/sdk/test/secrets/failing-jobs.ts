import { acknowledgement, processing, type Script, sendJson } from '../http/scripted-server.js';
import { sampleJob } from '../sample-job.js';
import type { Provocation } from './provocation.js';

/** Accepts a job, and answers each look at it with what the rows and errors are made of. */
function answerLooks(answer: (taskUUID: string) => object): Script {
  return ({ tasks: [task] }, response) => {
    if (!task) throw new Error('no task');
    const data = [acknowledgement(task)];
    sendJson(response, 200, task.taskType === 'getResponse' ? answer(task.taskUUID) : { data });
  };
}

/** Jobs that do not succeed, on a server that repeats the key. */
export const failingJobs: Provocation[] = [
  {
    when: 'a job fails, in an error',
    raises: 'TaskFailedError',
    async provoke({ serve, apiKey }) {
      const script = answerLooks((taskUUID) => ({
        errors: [{ code: 'inferenceError', message: apiKey, taskUUID, detail: [apiKey] }],
      }));
      return (await serve(script)).lipsync.run(sampleJob);
    },
  },
  {
    when: 'a job fails, in a row',
    raises: 'TaskFailedError',
    async provoke({ serve, apiKey }) {
      const error = { code: apiKey, message: `Bearer ${apiKey}`, request: { apiKey } };
      const script = answerLooks((taskUUID) => ({ data: [{ taskUUID, status: 'error', error }] }));
      return (await serve(script)).lipsync.run(sampleJob);
    },
  },
  {
    when: 'a job fails, in a row whose error is a sentence',
    raises: 'TaskFailedError',
    async provoke({ serve, apiKey }) {
      const error = `Bearer ${apiKey} was refused`;
      const script = answerLooks((taskUUID) => ({ data: [{ taskUUID, status: 'error', error }] }));
      return (await serve(script)).lipsync.run(sampleJob);
    },
  },
  {
    when: 'a job takes too long, with one result there and another failed',
    raises: 'TaskTimeoutError',
    async provoke({ serve, apiKey }) {
      const error = { code: 'inferenceError', message: apiKey };
      const script = answerLooks((taskUUID) => ({
        data: [
          { taskUUID, status: 'error', error },
          processing(taskUUID),
          { taskUUID, status: 'success', videoUUID: 'v', videoURL: 'https://v', debug: { apiKey } },
        ],
      }));
      const sync3 = await serve(script);
      return sync3.lipsync.run({ ...sampleJob, numberResults: 3 }, { timeoutMs: 100 });
    },
  },
  {
    when: 'a job breaks a rule',
    raises: 'ValidationError',
    async provoke({ client }) {
      return client({}).lipsync.submit({ ...sampleJob, numberResults: 99 });
    },
  },
  {
    when: 'a file is empty',
    raises: 'Sync3Error',
    async provoke({ client }) {
      return client({}).media.upload(new Blob([]));
    },
  },
];
