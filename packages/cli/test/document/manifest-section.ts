import { columns } from '../../../batch/dist/manifest/csv-columns.js';
import { manifestExamples } from '../../dist/batch/manifest-in-words.js';
import { fenced } from './markdown.ts';

/** What docs/cli.md says of manifests: the examples that a test plans, and the columns that a CSV has. */
export function manifestSection(): string {
  const names = Object.entries(columns.types).map(
    ([name, type]) => `\`${name}\`${type === 'string' ? '' : ` (${type})`}`,
  );
  return [
    '## Manifests',
    'What `sync3 batch run` takes: a UTF-8 file with a job on each line. A file whose name ends in `.csv` is read as CSV, any other as JSONL. Every line is checked before the first job is submitted.',
    'In JSONL each line is an object with the parameters of a request, as `--params` of `sync3 run` takes them, and with `key` and `output` beside them:',
    fenced('json', manifestExamples.jsonl.join('\n')),
    'In CSV the first line names the columns, in any order. An empty cell is a parameter that is left out; quotes within quotes are doubled.',
    fenced('csv', manifestExamples.csv.join('\n')),
    `Columns: ${names.join(', ')}. ${columns.required.map((name) => `\`${name}\``).join(', ')} must be there. What they mean: [parameters.md](parameters.md).`,
    [
      '- A video or a voice is a local file, seen from the folder of the manifest, an http(s) URL, or the UUID of an uploaded file. A file that many lines name is uploaded once.',
      '- `key` names the item within its batch. Without it the item is known by its parameters and the content of its files, so the same line twice is one job.',
      '- `output` names the result in the folder of the results, with `/` between folders and an extension or without; it is the key unless it is given. Several results become `talk.1of3.mp4` to `talk.3of3.mp4`.',
      '- `outputs` names each of several results instead: a list in JSON, in a CSV `de/talk|en/talk`.',
      '- A line that was planned before is passed over. The same key with other parameters is an error: give it a new key.',
    ].join('\n'),
  ].join('\n\n');
}
