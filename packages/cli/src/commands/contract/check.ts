import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { ApplicationContract } from '@sync3/mock-server';
import type { Options } from 'yargs';
import { CommandError } from '../../command-error.js';
import { loadMockServer } from '../../session/load-mock-server.js';
import { runAlone } from '../../session/run-alone.js';
import { defineCommand } from '../define-command.js';

const checkOptions = {
  document: {
    type: 'string',
    requiresArg: true,
    describe:
      'the composed OpenAPI document of another release (default: that of the installed mock server)',
  },
  profile: {
    type: 'string',
    requiresArg: true,
    describe: 'documented, observed, worst-case, or a file of sync3 conform (default: documented)',
  },
} as const satisfies Record<string, Options>;

/** `sync3 contract check`: whether what an application relies on holds with a newer API. */
export const check = defineCommand({
  command: 'check [file]',
  describe: 'say what of a contract a newer document or profile would break',
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        default: 'sync3.contract.json',
        describe: 'what sync3 contract record has written',
      })
      .options(checkOptions)
      .example('$0 contract check', 'after an update of the mock server')
      .example('$0 contract check --document newer/sync-3.openapi.json', 'before one'),
  handler: (options) =>
    runAlone(options, async (reporter) => {
      const contract = await readContract(options.file);
      const { checkContract, profileFrom } = await loadMockServer();
      const { document, profile } = options;
      const breaks = await checkContract(contract, {
        ...(document !== undefined && { document: pathToFileURL(document) }),
        ...(profile !== undefined && { profile: profileFrom(profile) }),
      }).catch((cause: Error) => {
        throw new CommandError(cause.message, 'Correct --document.', 'badInput', cause);
      });
      for (const found of breaks) reporter.tell({ event: 'break', ...found });
      const { requests, answers } = contract;
      reporter.tell({
        event: 'contract-checked',
        file: options.file,
        requests: requests.length,
        answers: answers.length,
        breaks: breaks.length,
      });
      return breaks.length > 0 ? 'jobFailed' : 'success';
    }),
});

async function readContract(path: string): Promise<ApplicationContract> {
  const howTo = 'Make one with: sync3 contract record -- npm test';
  let contract: ApplicationContract;
  try {
    contract = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new CommandError(
      `Cannot read ${path}: ${(cause as Error).message}`,
      howTo,
      'badInput',
      cause,
    );
  }
  const { version, requests, answers } = Object(contract);
  if (version === 1 && Array.isArray(requests) && Array.isArray(answers)) return contract;
  throw new CommandError(`${path} is no contract.`, howTo);
}
