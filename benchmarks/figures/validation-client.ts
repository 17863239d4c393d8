import { answer } from '../measure/answer.ts';
import { long, short } from './validation-tasks.ts';
import { validators } from './validators.ts';

export type ValidatorName = keyof typeof validators;

/** Tasks per second, and ms. */
export interface ValidationTimes {
  shortValid: number;
  shortInvalid: number;
  longValid: number;
  longInvalid: number;
  coldStart: number;
}

/** Tells whether a task is valid. */
type Validate = (task: unknown) => boolean;

interface Input {
  name: ValidatorName;
  forMs: number;
}

await answer(async ({ name, forMs }: Input): Promise<ValidationTimes> => {
  const start = performance.now();
  const validate: Validate = await validators[name]();
  validate(short.valid[0]);
  const coldStart = performance.now() - start;
  const rate = (tasks: readonly object[], verdict: boolean) => {
    for (const task of tasks) {
      if (validate(task) !== verdict) throw new Error(`Wrong about ${JSON.stringify(task)}.`);
    }
    perSecond(validate, tasks, forMs);
    return perSecond(validate, tasks, forMs);
  };
  return {
    shortValid: rate(short.valid, true),
    shortInvalid: rate(short.invalid, false),
    longValid: rate(long.valid, true),
    longInvalid: rate(long.invalid, false),
    coldStart,
  };
});

function perSecond(validate: Validate, tasks: readonly object[], forMs: number): number {
  const start = performance.now();
  let count = 0;
  let time = 0;
  while (time < forMs) {
    for (const task of tasks) validate(task);
    count += tasks.length;
    time = performance.now() - start;
  }
  return (count / time) * 1000;
}
