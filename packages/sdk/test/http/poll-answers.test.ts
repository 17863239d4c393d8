import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ApiError, Sync3, type TaskSnapshot } from '../../src/index.js';
import { quickPolling } from '../sample-job.js';
import { processing, sendJson, startScriptedServer, success } from './scripted-server.js';

type Verdict =
  | 'processing'
  | 'settled'
  | 'settled-with-failure'
  | 'failed'
  | 'failed-after-doubts'
  | 'refused';

interface PollAnswer {
  name: string;
  expectedResults: number;
  status: number;
  body: { data?: unknown[] };
  verdict: Verdict;
  videos?: number;
  failures?: number;
}

/** Answers of the API that were documented or captured, each with the verdict of a wait. */
const { cases } = JSON.parse(
  readFileSync(new URL('./poll-answers.json', import.meta.url), 'utf8'),
) as { cases: PollAnswer[] };

/** An answer about one task. */
function answerAbout(taskUUID: string, { body }: PollAnswer): PollAnswer['body'] {
  const text = JSON.stringify(body)
    .replaceAll('$TASK', taskUUID)
    .replaceAll('$UPPERTASK', taskUUID.toUpperCase())
    .replaceAll(/\$UUID\d/g, () => crypto.randomUUID());
  return JSON.parse(text);
}

/** More answers than a wait that gives up would take. */
const patience = 12;

/** Answers with the case until a wait should have decided, then with one success for each result. */
async function startCase(answer: PollAnswer, taskUUID: string) {
  let polls = 0;
  const server = await startScriptedServer(({ tasks }, response) => {
    const others = tasks.filter((task) => task.taskUUID !== taskUUID);
    const isAbout = others.length < tasks.length;
    if (isAbout) polls += 1;
    const rows = others.map((task) => processing(task.taskUUID));
    if (!isAbout) sendJson(response, 200, { data: rows });
    else if (polls > patience) {
      const done = Array.from({ length: answer.expectedResults }, (_, index) =>
        success(taskUUID, `late-${index}`),
      );
      sendJson(response, 200, { data: [...rows, ...done] });
    } else {
      const body = answerAbout(taskUUID, answer);
      sendJson(response, answer.status, { ...body, data: [...(body.data ?? []), ...rows] });
    }
  });
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', polling: quickPolling });
  return { sync3, polls: () => polls };
}

describe.each([
  ['alone', 0],
  ['in a list whose other tasks are processing', 3],
])('a task that is asked for %s', (_, others) => {
  test.each(cases)('$name: $verdict', async (answer) => {
    const taskUUID = crypto.randomUUID();
    const { sync3, polls } = await startCase(answer, taskUUID);
    const neighbours = new AbortController();
    const { signal } = neighbours;
    const outcomes = Array.from({ length: others }, () =>
      sync3.tasks
        .attach(crypto.randomUUID())
        .wait({ signal })
        .catch(({ name }) => name),
    );
    const task = sync3.tasks.attach(taskUUID, { expectedResults: answer.expectedResults });
    const outcome = await task.wait().catch((error) => error);
    neighbours.abort();
    switch (answer.verdict) {
      case 'processing':
        expect(outcome.videos.length).toBeGreaterThanOrEqual(answer.expectedResults);
        expect(polls()).toBe(patience + 1);
        break;
      case 'settled':
        expect(outcome).toMatchObject({ videos: [{}], failures: [], missing: 0 });
        expect(polls()).toBe(1);
        break;
      case 'settled-with-failure':
        expect(outcome.videos).toHaveLength(answer.videos ?? 0);
        expect(outcome.failures).toHaveLength(answer.failures ?? 0);
        expect(polls()).toBe(1);
        break;
      case 'failed':
        expect(outcome).toMatchObject({ name: 'TaskFailedError', taskUUID });
        expect(polls()).toBe(1);
        break;
      case 'failed-after-doubts':
        expect(outcome).toMatchObject({ name: 'TaskFailedError', taskUUID });
        expect(polls()).toBeGreaterThan(1);
        break;
      case 'refused':
        expect(ApiError.is(outcome)).toBe(true);
        expect(outcome).toMatchObject({ name: 'AuthenticationError', taskUUID });
        expect(polls()).toBeGreaterThan(1);
        break;
    }
    await Promise.all(outcomes);
  });
});

describe('tasks.status', () => {
  const final: Verdict[] = ['settled', 'settled-with-failure', 'failed'];
  test.each(cases.filter(({ verdict }) => final.includes(verdict)))(
    '$name: settled at the first look',
    async (answer) => {
      const taskUUID = crypto.randomUUID();
      const { sync3 } = await startCase(answer, taskUUID);
      const { expectedResults } = answer;
      const snapshot = await sync3.tasks.status(taskUUID, { expectedResults });
      expect(snapshot.status).toBe<TaskSnapshot['status']>('settled');
      expect(snapshot.videos.length > 0).toBe(answer.verdict !== 'failed');
    },
  );
});
