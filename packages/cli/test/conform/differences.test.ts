import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Profile, questions, readProfile } from '@sync3/mock-server';
import { describe, expect, test } from 'vitest';
import { type Answer, apiKey, experimentWith, startApi, tamperWith } from './api-in-question.ts';

/** Only time tells. */
const retention = ['resultRetention', 'urlRetention'];
const openNames = (open: string[]) => open.map((line) => line.split(':')[0]);

/** The answers of a profile that are not the documented ones. */
function unusual(profile: Partial<Profile>) {
  const documented: Partial<Record<string, unknown>> = { ...readProfile('documented') };
  return Object.fromEntries(
    Object.entries(profile).filter(([key, answer]) => documented[key] !== answer),
  );
}

/** The last answer to each question, which is never the documented one where there is a choice. */
const lastAnswers = Object.fromEntries(
  Object.entries(questions).map(([key, { answers }]) => [key, answers.at(-1)]),
) as Partial<Profile>;

describe('of an API that answers as a profile does, each difference is found and none invented:', () => {
  test('documented', async () => {
    const { mock, clock } = await startApi();
    const { differences, open, comparisons } = await experimentWith(mock.url, clock);
    expect(differences).toEqual({});
    expect(openNames(open)).toEqual(retention);
    expect(comparisons).toHaveLength(Object.keys(questions).length + retention.length);
  });

  test.each([
    ['worst-case', readProfile('worst-case')],
    ['the last answer to each question', { ...readProfile('documented'), ...lastAnswers }],
    [
      'others',
      {
        ...readProfile('documented'),
        failureForm: 'errors',
        expiredURLStatus: 403,
        archivedResponse: 'result',
      },
    ],
  ] satisfies [string, Profile][])('%s', async (_, profile) => {
    const { mock, clock } = await startApi({ profile });
    // What never comes is waited for; what does come is there in a moment.
    const patienceMs = profile.failureWebhooks === 'none' ? 40_000 : clock.patienceMs;
    const impatient = { ...clock, patienceMs };
    const { differences, open } = await experimentWith(mock.url, impatient);
    const expected = unusual(profile);
    // Where a second submit is accepted, the archive has nothing to tell about a refusal.
    const isArchiveAsked = profile.repeatAfterCompletion === 'refused';
    if (!isArchiveAsked) delete expected['archivedResponse'];
    expect(differences).toEqual(expected);
    expect(openNames(open)).toEqual([
      ...(isArchiveAsked ? [] : ['archivedResponse']),
      ...retention,
    ]);
  });
});

describe('of an API that answers as no profile does, the difference is told in its own words:', () => {
  const isSubmit = (tasks: Record<string, unknown>[], isDryRun: boolean) =>
    !isDryRun && tasks.some(({ taskType }) => taskType === 'videoInference');
  const cases: [string, Parameters<typeof tamperWith>[1], Record<string, unknown>][] = [
    [
      'mixed answers have status 207',
      ({ status, body }) => ({
        body,
        status: body.data?.length && body.errors?.length ? 207 : status,
      }),
      { mixedStatus: 207 },
    ],
    [
      'an acknowledgement is queued',
      (answer, tasks, isDryRun) =>
        isSubmit(tasks, isDryRun) ? withRows(answer, { status: 'queued' }) : answer,
      { acknowledgementStatus: 'queued' },
    ],
    [
      'a dry run has no row',
      (answer, _, isDryRun) => (isDryRun ? { status: 200, body: { data: [] } } : answer),
      { dryRun: 'HTTP 200 without a row' },
    ],
    [
      'an unknown job is being processed',
      (answer, tasks) => {
        const { data, errors } = answer.body;
        const isPoll = tasks.every(({ taskType }) => taskType === 'getResponse');
        if (!isPoll || data?.length || errors?.length) return answer;
        return { status: 200, body: { data: tasks.map((task) => ({ ...task, status: 'new' })) } };
      },
      { unknownTask: 'a row' },
    ],
  ];

  test.each(cases)('%s', async (_, change, expected) => {
    const { mock, clock } = await startApi();
    const url = await tamperWith(mock.url, change);
    const only = ['dry-run', 'unknown-task', 'refusals', 'single-job'];
    const { differences, comparisons } = await experimentWith(url, clock, { only });
    expect(differences).toEqual(expected);
    const different = comparisons.filter(({ verdict }) => verdict === 'different');
    expect(different.every(({ isPlayable }) => !isPlayable)).toBe(true);
    expect(different.every(({ evidence }) => evidence.length > 0)).toBe(true);
  });
});

test.each([1, 2, 3])(
  'no accident on the way is taken for a difference, and none is paid for (seed %i)',
  async (seed) => {
    const { mock, clock } = await startApi({ chaos: 0.2, seed });
    const { differences, spent, ended } = await experimentWith(mock.url, clock, { maxCost: 5 });
    expect(differences).toEqual({});
    expect(ended).toBeUndefined();
    expect(mock.tasks.map(({ charges }) => charges)).toEqual([1, 1, 1, 1]);
    expect(100 - (mock.balance ?? 0)).toBeLessThanOrEqual(spent);
    expect(spent).toBeLessThanOrEqual(5);
  },
);

test('what was stored for the experiments is deleted, and no file holds the key', async () => {
  const { mock, clock } = await startApi();
  const deleted: unknown[] = [];
  const uploaded: unknown[] = [];
  const url = await tamperWith(mock.url, (answer, tasks) => {
    const rows = answer.body.data ?? [];
    for (const { operation, mediaUUID } of rows) {
      if (operation === 'upload') uploaded.push(mediaUUID);
      if (operation === 'delete') deleted.push(mediaUUID);
    }
    // A server that repeats what it was sent.
    return tasks.length === 1 && answer.body.errors?.length
      ? { ...answer, body: { ...answer.body, errors: [{ ...answer.body.errors[0], key: apiKey }] } }
      : answer;
  });
  const { folder } = await experimentWith(url, clock);
  expect(uploaded.length).toBeGreaterThan(0);
  expect(deleted.sort()).toEqual(uploaded.sort());
  for (const name of readdirSync(folder)) {
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain(apiKey);
  }
});

function withRows({ status, body }: Answer, more: Record<string, unknown>): Answer {
  return { status, body: { ...body, data: (body.data ?? []).map((row) => ({ ...row, ...more })) } };
}
