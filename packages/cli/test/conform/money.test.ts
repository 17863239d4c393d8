import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Profile, questions } from '@sync3/mock-server';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventsOf, start, sync3, temporaryFolder } from '../command.ts';
import { apiKey, experimentWith, startApi, tamperWith } from './api-in-question.ts';
import { sizes } from './sizes.ts';

const balance = 100;

test('the cost limit holds whatever the API answers, and whatever happens on the way', async () => {
  const profiles = fc.record(
    Object.fromEntries(
      Object.entries(questions).map(([key, { answers }]) => [key, fc.constantFrom(...answers)]),
    ),
  ) as fc.Arbitrary<Partial<Profile>>;
  await fc.assert(
    fc.asyncProperty(
      profiles,
      fc.double({ min: 0, max: 6, noNaN: true }),
      fc.constantFrom(0, 0.2, 0.4),
      fc.integer({ min: 1, max: 1_000_000 }),
      async (answers, maxCost, chaos, seed) => {
        // It would be waited for, and decides nothing about money.
        const profile: Partial<Profile> = { ...answers, failureWebhooks: 'sent' };
        const { mock, clock } = await startApi({ profile, chaos, seed, balance });
        const { spent } = await experimentWith(mock.url, clock, {
          maxCost,
          webhookUrl: undefined,
        });
        const used = balance - (mock.balance ?? 0);
        expect(spent).toBeLessThanOrEqual(maxCost);
        expect(used).toBeLessThanOrEqual(spent + 1e-9);
        await mock.close();
      },
    ),
    { numRuns: sizes.strangeApis },
  );
});

test('a price that was told too low is not believed after the first job', async () => {
  const { mock, clock } = await startApi({ balance });
  const url = await tamperWith(mock.url, (answer, _, isDryRun) => {
    if (!isDryRun) return answer;
    const data = (answer.body.data ?? []).map((row) => ({ ...row, cost: 0.05 }));
    return { ...answer, body: { ...answer.body, data } };
  });
  const { open } = await experimentWith(url, clock, { maxCost: 1 });
  // One job of 0.60 USD; two results more would make 1.80.
  expect(balance - (mock.balance ?? 0)).toBeCloseTo(0.6, 1);
  expect(open).toContain('runningResults: it could bring the cost above --max-cost');
});

test('a dry run that is run as a job counts as one, and no more of them are made', async () => {
  const { mock, clock } = await startApi({ balance });
  const url = await tamperWith(mock.url, (answer) => answer, true);
  const { differences, open, spent } = await experimentWith(url, clock, { maxCost: 0 });
  expect(differences).toEqual({ dryRun: 'run as a job' });
  expect(mock.tasks).toHaveLength(1);
  expect(spent).toBeGreaterThan(0);
  expect(open).toContain('nullBoxes: a dry run is not known to run nothing');
});

test.each(sizes.kills)(
  'a run that is killed at request %i goes on, and pays for nothing twice',
  async (request) => {
    const { mock } = await startApi({ jobDurationMs: 500, now: Date.now });
    let requests = 0;
    let kill = () => {};
    const url = await tamperWith(mock.url, (answer) => {
      requests += 1;
      if (requests === request) kill();
      return answer;
    });
    const folder = temporaryFolder();
    const only = ['dry-run', 'failing-jobs', 'single-job', 'several-results'];
    const args = ['conform', '--live', '--max-cost', '50', '--yes', '--json'].concat(
      only.flatMap((name) => ['--only', name]),
    );
    const env = { RUNWARE_API_KEY: apiKey };
    const killed = start(args, { url, folder, env });
    kill = () => void killed.child.kill('SIGKILL');
    await killed.outcome;
    const { code, stdout, stderr } = await sync3(args, { url, folder, env });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(mock.tasks.map(({ charges }) => charges)).toEqual([1, 1, 1, 1]);
    expect(mock.stats.charged).toBe(4);
    const events = eventsOf({ stdout });
    expect(events.filter(({ verdict }) => verdict === 'different')).toEqual([]);
    expect(existsSync(join(folder, 'sync3-conform', 'observed.json'))).toBe(true);
  },
);
