import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sendJson, success } from '../http/scripted-server.js';
import { post, startWebhook } from './start-webhook.js';

interface PollAnswer {
  name: string;
  status: number;
  body: { data?: { status?: string }[] };
  verdict: string;
  videos?: number;
  failures?: number;
}

/** Answers of the API that were documented or captured, each with the verdict of a wait. */
const { cases } = JSON.parse(
  readFileSync(new URL('../http/poll-answers.json', import.meta.url), 'utf8'),
) as { cases: PollAnswer[] };

const settled: Record<string, { videos: number; failures: number } | undefined> = {
  settled: { videos: 1, failures: 0 },
  'settled-with-failure': { videos: 1, failures: 1 },
  failed: { videos: 0, failures: 1 },
};

/** A handler in front of an API that always gives one answer. */
async function startCase({ body, status }: PollAnswer) {
  const text = JSON.stringify(body).replaceAll(/\$UUID\d/g, () => crypto.randomUUID());
  return startWebhook({
    script: ({ tasks: [task] }, response) => {
      const uuid = task?.taskUUID ?? '';
      const about = text.replaceAll('$TASK', uuid).replaceAll('$UPPERTASK', uuid.toUpperCase());
      sendJson(response, status, JSON.parse(about));
    },
  });
}

describe('a result that the API confirms is handed on once, and its delivery answered with 200', () => {
  test.each(cases.filter(({ verdict }) => settled[verdict]))('$name: $verdict', async (answer) => {
    const { url, taskUUID, videos, failures, errors } = await startCase(answer);
    const expected = { ...settled[answer.verdict], ...answer };
    for (const taskUUIDOfPayload of [taskUUID, taskUUID.toUpperCase()]) {
      expect((await post(url, { taskUUID: taskUUIDOfPayload })).status).toBe(200);
      expect(videos).toHaveLength(expected.videos ?? 0);
      expect(failures).toHaveLength(expected.failures ?? 0);
    }
    for (const result of [...videos, ...failures]) expect(result).toMatchObject({ taskUUID });
    expect(errors).toEqual([]);
  });
});

describe('503 for what the API does not confirm, and no failure is handed on', () => {
  test.each(cases.filter(({ verdict }) => !settled[verdict]))('$name: $verdict', async (answer) => {
    const { url, taskUUID, videos, failures, errors } = await startCase(answer);
    const ready = (answer.body.data ?? []).filter(({ status }) => status === 'success');
    for (const payload of [
      success(taskUUID, crypto.randomUUID()),
      { errors: [{ code: 'x', message: 'x', taskUUID }] },
    ]) {
      const response = await post(url, payload);
      expect(response.status).toBe(503);
      expect(response.headers.get('Retry-After')).toBe('1');
    }
    expect(failures).toEqual([]);
    expect(videos).toHaveLength(ready.length);
    for (const { code } of errors) expect(['notConfirmed', 'statusUnknown']).toContain(code);
    expect(errors).toHaveLength(2);
  });
});
