import { expect, test } from 'vitest';
import { columnsOf } from '../../../batch/src/manifest/csv-columns.ts';
import { formOf } from '../../src/request/request-options.ts';
import { parameterReference } from '../document/parameter-reference.ts';
import { invented } from './invented.ts';

const reference = parameterReference(formOf(invented), columnsOf(invented).types);

test.each([
  '| `seed` | integer | from 0 to 4294967295 |  | `--seed` | `seed` |',
  '| `settings.temperature` | number | from 0 to 1, in steps of 0.01 | `0.5` | `--temperature` | `settings.temperature` |',
  '| `settings.mood` | string | `"calm"`, `"lively"` | `"calm"` | `--mood` | `settings.mood` |',
  '| `settings.quality` (deprecated) | string |  |  | `--quality` | `settings.quality` |',
  '| `settings.seed` | integer or null |  |  | `--settings-seed` | `settings.seed` |',
  '| `settings.scenes` | array |  |  | `--scenes` | `settings.scenes` |',
  '| `settings.scenes[].startTime` (required) | number | from 0 |  |  |  |',
  '| `inputs.image` (required) | string (URL or UUID) |  |  | `--image` | `inputs.image` |',
  '| `kind` (required) | string | `"invention"` |  |  |  |',
])('the reference has the line %s', (line) => {
  expect(reference.split('\n')).toContain(line);
});

test('the reference tells what a parameter and each of its choices mean, and the rules', () => {
  expect(reference).toContain(
    [
      '## `settings.mood`',
      'What the face shows.',
      '- `"calm"`: Moves little.\n- `"lively"`: Moves a lot.',
      'Rules: `settings.mood.type`',
    ].join('\n\n'),
  );
  expect(reference).toContain('## `settings.quality`\n\nHas no effect. (deprecated)');
  for (const { path } of invented) {
    expect(reference).toContain(`\n## \`${path.join('.').replaceAll('.[]', '[]')}\`\n`);
  }
});
