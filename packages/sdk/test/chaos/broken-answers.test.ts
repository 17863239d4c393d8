import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { Sync3 } from '../../src/index.js';
import {
  acknowledgement,
  processing,
  type Script,
  sendJson,
  startScriptedServer,
  success,
} from '../http/scripted-server.js';
import { quickPolling, sampleJob } from '../sample-job.js';
import { hurryRetries } from './hurry-retries.js';

hurryRetries();

const html = (status: number) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'text/html' }).end('<html>');
};
/** Answers that say nothing about any task, and that the API may give at any moment. */
const emptyAnswers: [string, (response: ServerResponse) => void][] = [
  ['503 with a web page', html(503)],
  ['503 with JSON', (response) => sendJson(response, 503, { data: [], errors: [] })],
  ['429', html(429)],
  ['half of a body', (response) => response.writeHead(200).end('{"data":[{"taskUU')],
  ['a web page', html(200)],
  ['a cut connection', (response) => response.destroy()],
];

describe('on a server that accepts a UUID again once its job has finished, a job is paid for once', () => {
  /** Loses the answer to the first submit, and answers the first `getResponse` with nothing. */
  async function start(answerEmpty: (response: ServerResponse) => void) {
    const accepted: string[] = [];
    let questions = 0;
    const { url } = await startScriptedServer(({ tasks: [task] }, response) => {
      if (!task) throw new Error('no task');
      if (task.taskType === 'getResponse') {
        const data = accepted.includes(task.taskUUID) ? [success(task.taskUUID)] : [];
        if (questions++ === 0) answerEmpty(response);
        else sendJson(response, 200, { data });
      } else {
        accepted.push(task.taskUUID);
        if (accepted.length === 1) response.destroy();
        else sendJson(response, 200, { data: [acknowledgement(task)] });
      }
    });
    return { accepted, sync3: new Sync3({ apiKey: 'key', baseUrl: url, polling: quickPolling }) };
  }

  test.each(emptyAnswers)(
    'although the question whether it was accepted gets %s',
    async (_, answer) => {
      const { accepted, sync3 } = await start(answer);
      const { taskUUID } = await sync3.lipsync.run(sampleJob);
      expect(accepted).toEqual([taskUUID]);
    },
  );

  test.each(emptyAnswers)(
    'although the question whether its UUID is in use gets %s',
    async (_, answer) => {
      const { accepted, sync3 } = await start(answer);
      const taskUUID = crypto.randomUUID();
      accepted.push(taskUUID);
      const again = sync3.lipsync.run({ ...sampleJob, taskUUID });
      await expect(again).rejects.toMatchObject({ code: 'conflictTaskUUID', taskUUID });
      expect(accepted).toEqual([taskUUID]);
    },
  );
});

test.each([
  ['half of a conflict', '{"data":[],"errors":[{"code":"conflictTa'],
  ['a web page', '<html>400 Bad Request</html>'],
])('a submit whose first answer was lost is not given up for a 400 with %s', async (_, body) => {
  const submits: string[] = [];
  const { url } = await startScriptedServer(({ tasks: [task] }, response) => {
    if (!task) throw new Error('no task');
    if (task.taskType === 'getResponse') {
      // Not visible before the second submit.
      sendJson(response, 200, { data: submits.length > 1 ? [success(task.taskUUID)] : [] });
    } else if (submits.push(task.taskUUID) === 1) response.destroy();
    else response.writeHead(400).end(body);
  });
  const sync3 = new Sync3({ apiKey: 'key', baseUrl: url, polling: quickPolling });
  const { taskUUID, videos } = await sync3.lipsync.run(sampleJob);
  expect(videos).toHaveLength(1);
  expect(new Set(submits)).toEqual(new Set([taskUUID]));
});

test.each(emptyAnswers)('tasks are still asked for together after %s', async (_, answerEmpty) => {
  const taskUUIDs = Array.from({ length: 20 }, () => crypto.randomUUID());
  const sizes: number[] = [];
  const script: Script = ({ tasks }, response) => {
    const isFirst = sizes.push(tasks.length) === 1;
    const isOver = sizes.filter((size) => size > 1).length > 3 || sizes.length > 200;
    const row = isOver ? success : processing;
    if (isFirst) answerEmpty(response);
    else sendJson(response, 200, { data: tasks.map(({ taskUUID }) => row(taskUUID)) });
  };
  const { url } = await startScriptedServer(script);
  const sync3 = new Sync3({ apiKey: 'key', baseUrl: url, polling: quickPolling });
  await Promise.all(taskUUIDs.map((taskUUID) => sync3.tasks.attach(taskUUID).wait()));
  expect(sizes.filter((size) => size > 1).length).toBeGreaterThan(3);
});
