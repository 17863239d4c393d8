import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type MockServer, startMockServer } from '@sync3/mock-server';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { chromium } from '../src/runtimes/chromium.ts';
import { nodeBunDeno } from '../src/runtimes/node-bun-deno.ts';
import type { Report } from '../src/runtimes/runtime.ts';
import { workerd } from '../src/runtimes/workerd.ts';

const project = inject('project');
const suite = (path: string) => import(pathToFileURL(join(project, 'suite', path)).href);
const { checks } = await suite('checks.js');
const { fileChecks } = await suite('checks/files.js');
const { warningChecks } = await suite('checks/warnings.js');

const apiKey = `runware-${randomUUID()}`;
let mock: MockServer;
beforeAll(async () => {
  mock = await startMockServer({ apiKeys: [apiKey], jobDurationMs: [50, 100] });
});
afterAll(() => mock.close());

describe.each([...nodeBunDeno, workerd, chromium])('in $name,', (runtime) => {
  const names = [
    ...Object.keys(checks),
    ...Object.keys(runtime.hasFiles ? { ...fileChecks, ...warningChecks } : {}),
    ...runtime.ownChecks,
  ];
  let started: Promise<Report> | undefined;
  /** The one run. A runtime that cannot be started fails every test with the reason. */
  const run = () => {
    started ??= runtime.run({ project, mockUrl: mock.url, apiKey });
    return started;
  };

  test('the runtime is the one that is meant, and runs these checks and no others', async () => {
    const { identity, outcomes } = await run();
    expect(identity).toMatch(runtime.identity);
    expect(outcomes.map(({ name }) => name)).toEqual(names);
  });

  test.each(names)('%s', async (name) => {
    const { outcomes } = await run();
    const outcome = outcomes.find((one) => one.name === name);
    expect(outcome, outcome?.error).toEqual({ name, ok: true });
  });
});

test('the mock server answered all of them without breaking its document', () => {
  expect(mock.violations).toEqual([]);
  expect(mock.tasks.length).toBeGreaterThan(0);
  expect(mock.stats.charged).toBe(mock.tasks.length);
});
