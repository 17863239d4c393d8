#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { profileFrom } from './profile/profile-from.js';

const help = `Usage: sync3-contract-test [options] -- <command>

Runs the tests of an application beside a mock server, and says in what their requests, and the
answers to them, differ from the document. In GitHub Actions these lines become annotations.

  --profile <name>     documented, observed, worst-case, or a file of sync3 conform
  --replay <folder>    answer from records in place of the emulator
  --allow-violations   do not fail because a request or an answer breaks the document
  --help               print this

The command finds the mock server in RUNWARE_BASE_URL and a key in RUNWARE_API_KEY. Exit code: that of
the command; 1 when it has succeeded and the document was broken.
`;

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`sync3-contract-test: ${(error as Error).message.split('\n')[0]}\n`);
  process.exitCode = 2;
}

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      profile: { type: 'string' },
      replay: { type: 'string' },
      'allow-violations': { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (positionals.length === 0) throw new Error('give a command behind --, such as: -- npm test');
  const { profile, replay } = values;
  const server = {
    ...(profile !== undefined && { profile: profileFrom(profile) }),
    ...(replay !== undefined && { replay }),
  };
  // Loaded when they are wanted: it takes more than a second.
  const { runBesideServer } = await import('./application/run-beside-server.js');
  const { examineRecords } = await import('./application/examine-records.js');
  const { annotation } = await import('./application/annotations.js');
  return runBesideServer({ command: positionals, server }, async ({ code, records }) => {
    const deviations = await examineRecords(records);
    const isGitHub = process.env['GITHUB_ACTIONS'] === 'true';
    for (const deviation of deviations) {
      process.stdout.write(`${annotation(deviation, isGitHub)}\n`);
    }
    if (code !== 0) return code ?? 1;
    const isBroken = deviations.some(({ kind }) => kind === 'violation');
    return isBroken && !values['allow-violations'] ? 1 : 0;
  });
}
