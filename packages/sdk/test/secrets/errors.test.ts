import { describe, expect, test } from 'vitest';
import * as sdk from '../../src/index.js';
import { hurryRetries } from '../chaos/hurry-retries.js';
import { failingConnections } from './failing-connections.js';
import { failingJobs } from './failing-jobs.js';
import { refusingAnswers } from './refusing-answers.js';
import { findSecret } from './renderings.js';
import { keys, setStage } from './stage.js';

hurryRetries();

const provocations = [...refusingAnswers, ...failingJobs, ...failingConnections];

describe.each(keys)('with the key %s', (apiKey) => {
  const cases = provocations.map(({ when, ...provocation }) => [when, provocation] as const);
  test.each(cases)('neither the error nor a hook shows it when %s', async (_, provocation) => {
    const { raises, provoke } = provocation;
    const stage = setStage(apiKey);
    const error = await provoke(stage).then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(sdk.Sync3Error.is(error)).toBe(true);
    if (raises) expect(error).toMatchObject({ name: raises });
    expect(findSecret(error, apiKey)).toEqual([]);
    expect(findSecret(stage.events, apiKey)).toEqual([]);
  });
});

test('every class of errors is among those that were looked at', () => {
  const classes = Object.values(sdk).filter(
    (value) => typeof value === 'function' && value.prototype instanceof Error,
  );
  const raised = new Set(provocations.flatMap(({ raises }) => raises ?? []));
  expect([...raised].sort()).toEqual(classes.map(({ name }) => name).sort());
});
