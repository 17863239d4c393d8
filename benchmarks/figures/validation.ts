import { runScript } from '../measure/child-script.ts';
import type { Figure, FigureTable } from '../measure/figure.ts';
import { inTurns } from '../measure/repeat.ts';
import { spread } from '../measure/statistics.ts';
import type { ValidationTimes, ValidatorName } from './validation-client.ts';

const repetitions = 7;
/** How long each validator runs on each kind of task, in ms. */
const durationMs = 500;

const titles: Record<ValidatorName, string> = {
  sync3: '`validateTask` of @sync3/sdk',
  ajv: 'Ajv, all errors',
  ajvFirst: 'Ajv, first error only',
};
const validators = Object.keys(titles) as ValidatorName[];

/** Measures the checks of a request against those of the upstream schema by Ajv. */
export const validation: Figure = async (): Promise<FigureTable> => {
  const results = await inTurns(repetitions, validators, (name) =>
    measureValidator(name, durationMs),
  );
  return {
    title: 'Validation',
    method: `Complete tasks, short ones of several shapes (voice, text, three segments, a point) and such with long lists (100 segments, 250 boxes), each for ${durationMs} ms after as long to warm up; then the same with one thing wrong in each. Cold is from before the import to the first verdict. ${repetitions} processes of each, in turns. Ajv 2020 with ajv-formats compiles \`RequestBody.items\` of \`openapi/upstream/sync-3.json\`.`,
    subject: 'Validator',
    columns: [
      { title: 'short tasks per s, valid', best: 'highest' },
      { title: 'invalid', best: 'highest' },
      { title: 'long tasks per s, valid', best: 'highest' },
      { title: 'invalid', best: 'highest' },
      { title: 'cold start, ms', best: 'lowest', digits: 1 },
    ],
    rows: validators.map((name, index) => {
      const column = (value: (times: ValidationTimes) => number) =>
        spread((results[index] ?? []).map(value));
      return {
        title: titles[name],
        cells: [
          column(({ shortValid }) => shortValid),
          column(({ shortInvalid }) => shortInvalid),
          column(({ longValid }) => longValid),
          column(({ longInvalid }) => longInvalid),
          column(({ coldStart }) => coldStart),
        ],
      };
    }),
    notes: [
      '`validateTask` finds all errors, and looks for what is legal but probably wrong too. Each of its errors names a rule and says what to do.',
      'Ajv can write its compiled code to a file beforehand, which would spare it most of the cold start.',
    ],
  };
};

/** @throws {Error} the validator takes a valid task for invalid, or the other way round. */
export function measureValidator(name: ValidatorName, forMs: number): Promise<ValidationTimes> {
  return runScript(new URL('validation-client.ts', import.meta.url), { name, forMs });
}
