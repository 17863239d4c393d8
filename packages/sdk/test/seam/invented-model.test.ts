import { expect, test } from 'vitest';
import { TaskFailedError, ValidationError } from '../../src/index.js';
import { resolveOptions } from '../../src/options.js';
import { Jobs } from '../../src/tasks/jobs.js';
import type { Model, Progress } from '../../src/tasks/model.js';
import { createTaskContext } from '../../src/tasks/task-context.js';
import { Tasks } from '../../src/tasks/tasks.js';
import {
  type ReceivedTask,
  type Script,
  sendJson,
  startScriptedServer,
} from '../http/scripted-server.js';
import { quickPolling } from '../sample-job.js';

interface PictureParams {
  prompt: string;
  picture?: Blob;
  numberResults?: number;
}

interface Picture {
  pictureUUID: string;
  url: string;
}

interface PictureSnapshot extends Progress {
  pictures: readonly Picture[];
}

interface PictureResult {
  taskUUID: string;
  pictures: readonly Picture[];
  missing: number;
}

const standIn = '11111111-1111-4111-8111-111111111111';

/** A model that nobody offers: it paints pictures. */
const painter: Model<PictureParams, PictureSnapshot, PictureResult> = {
  taskType: 'pictureInference',
  model: 'invented:painter@1',
  defaultNumberResults: 1,
  askForCost: { showPrice: true },
  results: 'pictures',
  prepare: ({ picture, ...params }) => {
    const constants = { taskType: painter.taskType, model: painter.model, taskUUID: undefined };
    const task = { ...constants, ...params, ...(picture && { inputs: { picture: standIn } }) };
    return { task: task as never, blobs: new Map(picture ? [[picture, standIn]] : []) };
  },
  validate: (task) =>
    Object(task).prompt
      ? []
      : [
          {
            rule: 'prompt.required',
            path: '/prompt',
            message: 'prompt is missing.',
            severity: 'error',
            origin: 'schema',
          },
        ],
  readResult: ({ status, pictureUUID, pictureURL }) =>
    status === 'success'
      ? [`${pictureUUID}`, { pictureUUID: `${pictureUUID}`, url: `${pictureURL}` }]
      : undefined,
};

/** Accepts what comes, and paints one picture for each look at a task. */
function easel(): Script {
  const painted = new Map<string, object[]>();
  const rowsOf = ({ taskType, taskUUID, ...task }: ReceivedTask) => {
    if (taskType === 'mediaStorage') {
      return [{ taskType, taskUUID, mediaUUID: '22222222-2222-4222-8222-222222222222' }];
    }
    if (taskType !== 'getResponse') return [{ taskType, taskUUID, cost: 0.25, ...task }];
    const rows = painted.get(taskUUID) ?? [];
    painted.set(taskUUID, rows);
    const pictureUUID = `picture-${rows.length}`;
    const pictureURL = `https://im.example/${pictureUUID}.png`;
    rows.push({ taskType: painter.taskType, taskUUID, status: 'success', pictureUUID, pictureURL });
    return rows;
  };
  return ({ tasks }, response) => sendJson(response, 200, { data: tasks.flatMap(rowsOf) });
}

async function studio(script = easel(), beforeSubmit?: (submission: object) => void) {
  const server = await startScriptedServer(script);
  const options = { apiKey: 'key-of-the-studio', baseUrl: server.url, polling: quickPolling };
  const context = createTaskContext(resolveOptions({ ...options, beforeSubmit }), painter);
  return { context, server };
}

test('a model of another output runs through the same submit, polling and results', async () => {
  const submissions: object[] = [];
  const { context, server } = await studio(easel(), (submission) => submissions.push(submission));
  const task = await new Jobs(context).submit({ prompt: 'a boat', numberResults: 2 });
  const { taskUUID } = task;
  const [sent] = server.requests;
  const painted = { taskType: 'pictureInference', taskUUID, model: 'invented:painter@1' };
  expect(sent?.tasks).toMatchObject([{ ...painted, prompt: 'a boat' }]);
  expect(submissions).toMatchObject([{ taskUUID, task: painted }]);

  const result = await task.wait();
  expect(result).toEqual({
    taskUUID,
    pictures: [
      { pictureUUID: 'picture-0', url: 'https://im.example/picture-0.png' },
      { pictureUUID: 'picture-1', url: 'https://im.example/picture-1.png' },
    ],
    failures: [],
    missing: 0,
  });
});

test('its snapshots list its own kind of result, in a task that is found again, too', async () => {
  const { context } = await studio();
  const { taskUUID } = await new Jobs(context).submit({ prompt: 'a boat' });
  const tasks = new Tasks(context);
  expect(await tasks.status(taskUUID)).toEqual({
    taskUUID,
    status: 'settled',
    progress: undefined,
    pictures: [{ pictureUUID: 'picture-0', url: 'https://im.example/picture-0.png' }],
    failures: [],
    pending: 0,
  });
  const { pictures } = await tasks.attach(taskUUID).wait();
  expect(pictures[0]?.url).toBe('https://im.example/picture-0.png');
});

test('its rules refuse a job before anything is sent', async () => {
  const { context, server } = await studio();
  const error = await new Jobs(context).submit({ prompt: '' }).catch((thrown) => thrown);
  expect(ValidationError.is(error) && error.issues).toMatchObject([{ rule: 'prompt.required' }]);
  expect(server.requests).toEqual([]);
});

test('its Blobs are uploaded, and their UUIDs take the places of the stand-ins', async () => {
  const { context, server } = await studio();
  await new Jobs(context).submit({ prompt: 'a boat', picture: new Blob(['sketch']) });
  const [upload, submit] = server.requests.flatMap(({ tasks }) => tasks);
  expect(upload).toMatchObject({ taskType: 'mediaStorage', operation: 'upload' });
  expect(submit).toMatchObject({ inputs: { picture: '22222222-2222-4222-8222-222222222222' } });
});

test('its price is asked for without a job', async () => {
  const { context, server } = await studio();
  expect(await new Jobs(context).estimate({ prompt: 'a boat' })).toMatchObject({ cost: 0.25 });
  expect(server.requests[0]?.headers['x-runware-dry-run']).toBe('1');
});

test('a job of which every result failed is a TaskFailedError', async () => {
  const { context } = await studio(({ tasks }, response) => {
    const errors = tasks
      .filter(({ taskType }) => taskType === 'getResponse')
      .map(({ taskUUID }) => ({
        code: 'outOfPaint',
        message: 'No paint is left',
        taskUUID,
        taskType: painter.taskType,
      }));
    sendJson(response, 200, errors.length > 0 ? { errors } : { data: tasks });
  });
  const task = await new Jobs(context).submit({ prompt: 'a boat' });
  const error = await task.wait().catch((thrown) => thrown);
  expect(TaskFailedError.is(error) && error.failures).toMatchObject([{ code: 'outOfPaint' }]);
});
