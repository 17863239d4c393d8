import { resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Options } from 'yargs';
import { CommandError } from '../../command-error.js';
import { runRecorded } from '../../contract/run-recorded.js';
import { loadMockServer } from '../../session/load-mock-server.js';
import { runStoppable } from '../../session/run-stoppable.js';
import { defineCommand } from '../define-command.js';

const recordOptions = {
  output: {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    default: 'sync3.contract.json',
    describe: 'where the contract is written',
  },
} as const satisfies Record<string, Options>;

/** `sync3 contract record`: runs tests beside a mock server, and writes down what they rely on. */
export const record = defineCommand({
  command: 'record [command..]',
  describe:
    'run the tests of an application beside a mock server, and write down what they rely on',
  builder: (yargs) =>
    yargs
      .positional('command', {
        type: 'string',
        array: true,
        default: [] as string[],
        describe: 'the tests, behind --',
      })
      .options(recordOptions)
      .example('$0 contract record -- npm test', 'writes sync3.contract.json')
      .epilogue(
        'The command finds a mock server in RUNWARE_BASE_URL and a key in RUNWARE_API_KEY. Mock servers that it starts by itself are recorded, too. Texts, UUIDs and files of the tests are not kept.',
      ),
  handler: (options) =>
    runStoppable(options, {}, async ({ reporter, signal }) => {
      const path = resolve(options.output);
      // yargs leaves what stands behind -- among the words of the command.
      const words = [...options.command, ...options._.slice(2).map(String)];
      if (words.length === 0) {
        throw new CommandError(
          'There is no command to run.',
          'Give one behind --, such as: sync3 contract record -- npm test',
        );
      }
      const run = await runRecorded(words, await loadMockServer(), signal);
      if (run.code !== 0) {
        throw new CommandError(
          `The command ended with ${run.code ?? 'a signal'}; no contract was written.`,
          'A contract says what works: mend the tests first.',
          'jobFailed',
        );
      }
      if (!run.contract) {
        throw new CommandError(
          'The command has sent nothing to a mock server.',
          'Let it use RUNWARE_BASE_URL, or a mock server of its own.',
        );
      }
      await writeFileAtomic(path, `${JSON.stringify(run.contract, null, 2)}\n`);
      const { requests, answers } = run.contract;
      reporter.tell({
        event: 'contract',
        path,
        requests: requests.length,
        answers: answers.length,
      });
      return 'success';
    }),
});
