import { completionInWords, createCli } from '../../dist/cli.js';
import { commandPaths } from '../../dist/commands/command-paths.js';
import { eventMeanings } from '../../dist/events.js';
import { exitCodes } from '../../dist/exit-codes.js';
import { manifestSection } from './manifest-section.ts';
import { fenced, table } from './markdown.ts';

/** Columns of the help texts. */
const width = 100;

/** What docs/cli.md has to be: the texts of `--help`, and the tables that commands work with. */
export async function cliDocument(): Promise<string> {
  const sections = await Promise.all(
    commandPaths.map(
      async (words) =>
        `## ${['sync3', ...words].join(' ')}\n\n${fenced('text', await helpOf(...words))}`,
    ),
  );
  return `${[
    '# The `sync3` command',
    '<!-- Written by `pnpm run docs` from the definitions of the commands. Do not edit. -->',
    'Results are printed on stdout, everything else on stderr: progress on one live line of a terminal, in plain lines elsewhere.',
    fenced('text', await helpOf()),
    ...sections,
    manifestSection(),
    '## sync3 completion',
    `To ${completionInWords}. Put it in \`~/.bashrc\` or \`~/.zshrc\`:`,
    fenced('text', 'source <(sync3 completion)'),
    '## Exit codes',
    table(
      ['Code', 'Meaning'],
      Object.values(exitCodes).map(([code, meaning]) => [`${code}`, meaning]),
    ),
    '## Events of `--json`',
    'One object a line on stdout, each with the name of its `event`. With `--quiet` only those that tell results and how the command ended. An error is told on stderr, too.',
    table(
      ['`event`', 'Meaning'],
      Object.entries(eventMeanings).map(([name, meaning]) => [`\`${name}\``, meaning]),
    ),
  ].join('\n\n')}\n`;
}

/** The text of `--help`, as the command prints it. */
async function helpOf(...command: string[]): Promise<string> {
  let text = '';
  await createCli([], width).parseAsync([...command, '--help'], {}, (error, _, output) => {
    if (error) throw error;
    text = output;
  });
  return text;
}
