import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { type MockServer, startMockServer } from '@sync3/mock-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import composed from '../../../../openapi/sync-3.openapi.json' with { type: 'json' };
import { changed } from './constraints/changes.js';
import type { Constraint } from './constraints/constraint.js';
import { coverageRow } from './constraints/coverage-row.js';
import { type CoverageRow, printCoverage } from './constraints/coverage-table.js';
import { expectPrismToTell } from './constraints/expect-prism.js';
import { expectSdkToTell } from './constraints/expect-sdk.js';
import { readRules } from './constraints/rules.js';
import { sdkPart } from './constraints/sdk-part.js';
import { createPrismVerdict, type PrismVerdict, send } from './constraints/verdicts.js';

/** `vitest --mode update` writes the table in place of comparing it. */
const mode = (import.meta as { env?: { MODE?: string } }).env?.MODE;
const table = new URL('../../../../docs/contract-coverage.md', import.meta.url);

const jobs = readRules('upstream/sync-3.json');
const requests = readRules('sync-3.openapi.json');
/** The composed document writes jobs in other words; a test below compares them. */
const isOfJob = ({ path }: Constraint) => path.startsWith('/items/oneOf/0/');
const isMetCondition = ({ path }: Constraint) => /^\/items\/oneOf\/0\/if(\/|$)/.test(path);
const others = requests.all.filter((constraint) => !isOfJob(constraint));
const rows = { jobs: new Map<string, CoverageRow>(), others: new Map<string, CoverageRow>() };

/** Tests are named after what they are about. */
const byPointer = (constraints: Constraint[]) =>
  constraints.map((constraint) => [constraint.pointer, constraint] as const);

let mock: MockServer;
let findingsOf: PrismVerdict;
beforeAll(async () => {
  mock = await startMockServer();
  findingsOf = await createPrismVerdict();
});
afterAll(() => mock.close());

describe('a job that breaks only this is refused by Prism and the SDK, its neighbour accepted:', () => {
  test.each(byPointer(jobs.all))('%s', async (_, constraint) => {
    const proof = jobs.prove(constraint);
    const prism = await expectPrismToTell(proof, findingsOf, mock);
    const isOfBody = constraint.place.length === 0;
    const sdk = isOfBody ? sdkPart(constraint) : expectSdkToTell(proof);
    if (!isOfBody) {
      const neighbour =
        constraint.place.at(-1) === 'taskUUID'
          ? proof.neighbour
          : changed(proof.neighbour, ['[]', 'taskUUID'], randomUUID());
      expect(await send(mock.url, neighbour)).toMatchObject({ status: 200, errors: [] });
    }
    rows.jobs.set(constraint.path, coverageRow(proof, prism, sdk));
  });
});

describe('another task that breaks only this is refused, and its neighbour accepted:', () => {
  test.each(byPointer(others))('%s', async (_, constraint) => {
    const proof = requests.prove(constraint);
    const prism = await expectPrismToTell(proof, findingsOf, mock);
    rows.others.set(constraint.path, coverageRow(proof, prism, sdkPart(constraint)));
  });
});

describe('the request itself:', () => {
  test('there is one operation, and all it asks for is a body with tasks', () => {
    const operations = Object.entries(composed.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        path,
        method,
        asks: Object.keys(operation).filter((key) => ['parameters', 'security'].includes(key)),
        body: operation.requestBody,
      })),
    );
    const schema = { $ref: '#/components/schemas/RequestBody' };
    const body = { required: true, content: { 'application/json': { schema } } };
    expect(operations).toMatchObject([{ path: '/v1', method: 'post', asks: [], body }]);
    expect(Object.keys(operations[0]?.body.content ?? {})).toEqual(['application/json']);
  });

  test('a body is required', async () => {
    const legal = [{ taskType: 'getResponse', taskUUID: randomUUID() }];
    expect((await findingsOf(undefined)).map(({ keyword }) => keyword)).toEqual(['required']);
    expect(await findingsOf(legal)).toEqual([]);
    const { status, errors } = await send(mock.url, undefined);
    expect(status).toBe(400);
    rows.others.set('', {
      constraint: 'the request has a body',
      pointer: '/paths/~1v1/post/requestBody/required',
      keyword: 'required',
      violating: 'nothing',
      neighbour: 'a list of tasks',
      prism: `\`required\`: ${status} \`${errors[0]?.code}\``,
      sdk: 'not expressible: the SDK sends a list',
    });
  });
});

test('no response of the mock server broke the document', () => {
  expect(mock.violations).toEqual([]);
});

test('the composed document asks of a job exactly what the upstream document asks', () => {
  const demand = ({ path, value, names }: Constraint, root: string) =>
    JSON.stringify([path.slice(root.length), names, names.length > 0 || value]);
  const upstream = jobs.all.filter(({ path }) => path.startsWith('/items/'));
  // The rules stand under a condition that always holds, for the sake of other tools.
  const written = requests.all.filter((own) => isOfJob(own) && !isMetCondition(own));
  const composed = written.map((own) => ({
    ...own,
    path: own.path.replace('/then/allOf/', '/allOf/'),
  }));
  expect(composed.map((own) => demand(own, '/items/oneOf/0')).sort()).toEqual(
    upstream.map((own) => demand(own, '/items')).sort(),
  );
});

test('every constraint is covered, and docs/contract-coverage.md is what this run gives', () => {
  const rowsOf = (covered: Constraint[], found: Map<string, CoverageRow>) =>
    covered.flatMap(({ path }) => found.get(path) ?? []);
  const body = rows.others.get('');
  const missing = [
    ...(body ? [] : ['/paths/~1v1/post/requestBody/required']),
    ...jobs.all.filter(({ path }) => !rows.jobs.has(path)).map(({ pointer }) => pointer),
    ...others.filter(({ path }) => !rows.others.has(path)).map(({ pointer }) => pointer),
  ];
  expect(missing).toEqual([]);
  const printed = printCoverage([
    {
      title: 'Jobs (`videoInference`)',
      text: 'Pointers lead into `openapi/upstream/sync-3.json`, the document as Runware publishes it.',
      total: jobs.all.length,
      rows: rowsOf(jobs.all, rows.jobs),
    },
    {
      title: 'The request and the other tasks',
      text: 'Pointers lead into `openapi/sync-3.openapi.json`, the composed document.',
      total: others.length + 1,
      rows: [...(body ? [body] : []), ...rowsOf(others, rows.others)],
    },
  ]);
  if (mode === 'update') writeFileSync(table, printed);
  const committed = readFileSync(table, 'utf8');
  const advice = 'Run `pnpm contract -- --mode update` and commit docs/contract-coverage.md.';
  expect(committed === printed, advice).toBe(true);
});
