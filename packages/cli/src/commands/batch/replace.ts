import { dirname, resolve } from 'node:path';
import { ledgerOptions } from '../../batch/batch-options.js';
import { beside, keyPositional } from '../../batch/steer.js';
import { CommandError } from '../../command-error.js';
import { readTextFile } from '../../request/text-file.js';
import { defineCommand } from '../define-command.js';

/** `sync3 batch replace`: gives an item other parameters. */
export const replace = defineCommand({
  command: 'replace <key> <file>',
  describe: 'give an item other parameters that was not submitted yet, or has failed',
  builder: (yargs) =>
    yargs
      .positional('key', keyPositional)
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe:
          'JSON as in a line of a manifest: the parameters, and `output` or `outputs` if they change',
      })
      .options(ledgerOptions)
      .group(Object.keys(ledgerOptions), 'Batch:')
      .conflicts('database', 'database-url')
      .example('$0 batch replace clip-7 mended.json', 'the next job of clip-7 is made of it')
      .epilogue(
        'Every rule is checked first, and nothing is sent. Local files are relative to the folder of the file. An item that has failed becomes a new job, which is paid for.',
      ),
  handler: (options) =>
    beside(options, async (database, reporter) => {
      const { key, file, name: batch } = options;
      const { key: _, output, outputs, ...params } = await readObject(file);
      const { replaceItem } = await import('@sync3/batch');
      // What it may be is checked there, as that of a manifest is.
      const replacement = { params, output, outputs } as unknown as Parameters<
        typeof replaceItem
      >[2];
      await replaceItem(database, key, replacement, {
        batch,
        directory: dirname(resolve(file)),
        onProblem: (problem) => reporter.tell({ event: 'line', file, ...problem }),
      });
      reporter.tell({ event: 'steered', action: 'replaced', items: 1, refused: 0 });
      return 'success';
    }),
});

/** @throws {CommandError} it is no JSON object. */
async function readObject(file: string): Promise<Record<string, unknown>> {
  const { name, text } = await readTextFile(file);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch (cause) {
    throw new CommandError(`"${name}" is not JSON.`, undefined, 'badInput', cause);
  }
  throw new CommandError(`"${name}" is no JSON object.`);
}
