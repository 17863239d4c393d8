import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validateTask } from '../../src/index.js';
import { createProxyHandler } from '../../src/proxy/index.js';
import { hostileKey, jsonValue, withProperty } from '../rules/json-arbitrary.js';
import { brokenTasks } from '../rules/mutate-task.js';
import { taskArbitrary } from '../rules/task-arbitrary.js';
import { upstreamErrors } from '../rules/upstream-validator.js';
import { nearUuid, uuid } from '../rules/uuid-arbitrary.js';
import { sizes } from '../sizes.js';
import { runwareKey } from './serve-proxy.js';

type Task = Record<string, unknown>;

/** Says in its own words, not in those of the proxy, whether a task may reach the API. */
function mayReachTheApi(task: unknown): boolean {
  if (typeof task !== 'object' || task === null || Array.isArray(task)) return false;
  const { taskType, taskUUID, operation, media } = task as Task;
  if (!isUuid(taskUUID) || /^urn:/i.test(`${taskUUID}`)) return false;
  if (taskType === 'videoInference') {
    const isRefused = validateTask(task).some(({ severity }) => severity === 'error');
    return upstreamErrors(task).length === 0 && !isRefused;
  }
  const names = Reflect.ownKeys(task).sort().join();
  if (taskType === 'getResponse' || taskType === 'getTaskDetails') {
    return names === 'taskType,taskUUID';
  }
  if (taskType !== 'mediaStorage' || names !== 'media,operation,taskType,taskUUID') return false;
  if (operation === 'delete') return isUuid(media);
  return operation === 'upload' && typeof media === 'string' && media.length > 0;
}

function isUuid(value: unknown): boolean {
  const pattern = /^(urn:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
  return typeof value === 'string' && pattern.test(value);
}

/** The JSON of tasks, in which every property that may hold a UUID has it in lower case and bare. */
function withOneSpelling(tasks: unknown): string {
  return JSON.stringify(tasks, (name, value) =>
    ['taskUUID', 'media', 'video', 'audio'].includes(name) && isUuid(value)
      ? value.toLowerCase().replace('urn:uuid:', '')
      : value,
  );
}

const smallTask = fc.oneof(
  fc.record({ taskType: fc.constantFrom('getResponse', 'getTaskDetails'), taskUUID: uuid }),
  fc.record({
    taskType: fc.constant('mediaStorage'),
    taskUUID: uuid,
    operation: fc.constant('upload'),
    media: fc.constantFrom('data:video/mp4;base64,AAAA', 'https://example.com/a.mp4', 'AAAA'),
  }),
  fc.record({
    taskType: fc.constant('mediaStorage'),
    taskUUID: uuid,
    operation: fc.constant('delete'),
    media: uuid,
  }),
);
const names = ['taskType', 'taskUUID', 'operation', 'media', 'model', 'apiKey'];
const strangeValue = fc.oneof(
  nearUuid,
  jsonValue(names),
  fc.constantFrom(
    ...['getResponse', 'mediaStorage', 'authentication', 'imageInference', 'ping', 'upload'],
    ...['delete', '__proto__', 'constructor', 'getresponse', 'sync:lipsync@2', '', null],
  ),
);
const changedTask = fc
  .tuple(
    fc.oneof(smallTask, taskArbitrary()),
    fc.oneof(fc.constantFrom(...names), hostileKey),
    strangeValue,
    fc.boolean(),
  )
  .map(([task, name, value, isLeftOut]) =>
    isLeftOut
      ? Object.fromEntries(Object.entries(task as Task).filter(([key]) => key !== name))
      : withProperty(task as Task, name, value),
  );
const brokenJob = brokenTasks.map(({ once, repeatedly }) => [...once, ...repeatedly]);
const legalTask = fc.oneof(smallTask, taskArbitrary());

/** Lists in which mostly a single task is wrong, and some in which none is. */
const taskList = fc
  .tuple(
    fc.array(legalTask, { maxLength: 3 }),
    fc.oneof(
      { weight: 4, arbitrary: changedTask.map((task) => [task]) },
      {
        weight: 4,
        arbitrary: fc.tuple(brokenJob, fc.nat(3)).map(([jobs, pick]) => [jobs[pick]]),
      },
      { weight: 2, arbitrary: legalTask.map((task) => [task]) },
      { weight: 1, arbitrary: jsonValue(names).map((value) => [value]) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    fc.nat(3),
  )
  .map(([legal, strange, place]) => [...legal.slice(0, place), ...strange, ...legal.slice(place)]);
const body = fc.oneof(
  { weight: 20, arbitrary: taskList.map((tasks) => JSON.stringify(tasks)) },
  { weight: 1, arbitrary: jsonValue(names).map((value) => JSON.stringify(value)) },
  // A text that is cut or has a character too many.
  {
    weight: 1,
    arbitrary: fc
      .tuple(taskList, fc.nat(400), fc.constantFrom('', '"', ',', '}', ']', '\\', '1'))
      .map(([tasks, place, character]) => {
        const text = JSON.stringify(tasks);
        return text.slice(0, place) + character + text.slice(place + 1);
      }),
  },
);

test('whatever is sent is a list of allowed tasks, each of which breaks no rule', async () => {
  let sent: string[] = [];
  const handler = createProxyHandler({
    apiKey: runwareKey,
    authorize: () => true,
    allowWebhookURL: true,
    allowUploadEndpoint: true,
    fetch: async (_, init) => {
      sent.push(String(init?.body));
      return Response.json({ data: [] });
    },
  });
  let passed = 0;
  let refused = 0;
  const check = fc.asyncProperty(body, async (text) => {
    sent = [];
    const request = new Request('http://a.example', { method: 'POST', body: text });
    const answer = await handler(request);
    const [forwarded] = sent;
    // What is no character becomes one on the way.
    const tasks = parse(Buffer.from(text).toString());
    const isLegal = Array.isArray(tasks) && tasks.length > 0 && tasks.every(mayReachTheApi);
    if (forwarded === undefined) {
      refused++;
      const { errors } = (await answer.json()) as { errors: { code: unknown; message: unknown }[] };
      const isShaped = errors.every(
        ({ code, message }) => `${code}` === code && `${message}` === message,
      );
      if (![400, 403].includes(answer.status) || errors.length === 0 || !isShaped) {
        throw new Error(`refused with ${answer.status} ${JSON.stringify(errors)}`);
      }
      if (isLegal && !hasRepeatedJob(tasks)) throw new Error('refused although it is legal');
      return;
    }
    passed++;
    if (answer.status !== 200 || sent.length !== 1) throw new Error(`sent ${sent.length} times`);
    const list: unknown = JSON.parse(forwarded);
    if (!Array.isArray(list) || list.length < 1 || list.length > 100) throw new Error('no list');
    for (const task of list) {
      if (!mayReachTheApi(task)) throw new Error(`sent ${JSON.stringify(task)}`);
    }
    if (!isLegal || forwarded !== withOneSpelling(tasks)) throw new Error('sent something else');
  });
  await fc.assert(check, { numRuns: sizes.proxiedTasks });
  // Four in ten generated UUIDs have a prefix, which no taskUUID may have.
  expect(passed).toBeGreaterThan(sizes.proxiedTasks / 40);
  expect(refused).toBeGreaterThan(sizes.proxiedTasks / 3);
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hasRepeatedJob(tasks: Task[]): boolean {
  const jobs = tasks.filter(({ taskType }) => taskType === 'videoInference');
  const distinct = jobs.map(({ taskUUID }) => `${taskUUID}`.toLowerCase());
  return new Set(distinct).size < jobs.length;
}
