import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { startOnTerminal, sync3, temporaryFolder } from './command.ts';
import { documents } from './document/documents.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const single = ['run', 'submit', 'wait', 'status', 'estimate', 'validate', 'upload', 'mock'];
const inBatch = [
  'run',
  'worker',
  'status',
  'serve',
  'receive',
  'list',
  'show',
  'cancel',
  'drop',
  'replace',
  'retry',
  'pause',
  'resume',
  'priority',
  'report',
  'recover',
];
const ofBatch = inBatch.map((command) => `batch ${command}`);
const commands = [...single, 'batch', ...ofBatch];

const cliDocument = readFileSync(join(root, 'docs/cli.md'), 'utf8');

test('docs/cli.md and docs/parameters.md are current; `pnpm run docs` writes them anew', async () => {
  for (const [path, text] of Object.entries(await documents())) {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  }
});

describe('--help', () => {
  test('names every command and every exit code', async () => {
    const { code, stdout, stderr } = await sync3(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of [...single, 'batch', 'completion'])
      expect(stdout).toContain(`sync3 ${command}`);
    expect(stdout).toMatch(/Exit codes:\n +0 .*\n +1 .*\n +2 .*\n +3 .*\n +4 .*\n +5 /);
  });

  test('of batch names its commands', async () => {
    const { stdout } = await sync3(['batch', '--help']);
    for (const command of ofBatch) expect(stdout).toContain(`sync3 ${command}`);
  });

  test.each(commands)('of %s has examples, piped and on a terminal', async (command) => {
    const { code, stdout } = await sync3([...command.split(' '), '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:\n +\S*.*sync3 /);
    expect(cliDocument).toContain(`## sync3 ${command}\n`);
    const { output } = await startOnTerminal([...command.split(' '), '--help']).outcome;
    for (const line of output.split('\r\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('is English in every locale', async () => {
    const { stdout } = await sync3(['--help'], {
      env: { LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
    });
    expect(stdout).toContain('Commands:');
  });
});

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'));
  expect(await sync3(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  [[], 'Name a command.', '--help'],
  [['rum'], 'Unknown command: rum', '--help'],
  [['run', '--vide', 'a'], 'Unknown argument: vide', 'run --help'],
  [['run', '--video'], 'Not enough arguments following: video', 'run --help'],
  [['run', '--sync-mode', 'sideways'], 'Invalid values', 'run --help'],
  [['wait'], 'Not enough non-option arguments', 'wait --help'],
  [['wait', 'a', 'b'], 'Unknown', '--help'],
  [['run', '--number-results', 'two'], '--number-results takes a number.', 'run --help'],
  [['run', '--timeout', '0'], '--timeout takes a number from 1.', 'run --help'],
  [['batch'], 'Name a command of batch.', 'batch --help'],
  [['batch', 'rum'], 'Unknown command: rum', 'batch --help'],
  [['batch', 'run', '--name'], 'Not enough arguments following: name', 'batch run --help'],
  [['batch', 'run', 'a', 'b'], 'Unknown', 'batch run --help'],
  [
    ['batch', 'run', '--concurrency', '1.5'],
    '--concurrency takes a whole number from 1 to 10000.',
    'batch run --help',
  ],
  [
    ['batch', 'run', '--rate', '0'],
    '--rate takes a number from 0.01 to 10000.',
    'batch run --help',
  ],
  [
    ['batch', 'run', '--max-cost', '1e9'],
    '--max-cost takes a number from 0 to 10000000.',
    'batch run --help',
  ],
  [
    ['batch', 'status', '--database', 'a', '--database-url', 'postgres://a'],
    'Arguments database and database-url are mutually exclusive',
    'batch status --help',
  ],
  [['--json', 'run', '--quality', 'x'], '--quality takes a number.', 'run --help'],
])('sync3 %j is one line, a next step and exit code 2', async (args, fault, next) => {
  const { code, stdout, stderr } = await sync3(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.startsWith(`sync3: ${fault}`)).toBe(true);
  expect(stderr).toMatch(/^.*\nNext: .*\n$/);
  expect(stderr.endsWith(`${next}\n`)).toBe(true);
});

describe('completion', () => {
  test('of bash completes commands and options', async () => {
    const { code, stdout } = await sync3(['completion'], { env: { SHELL: '/bin/bash' } });
    expect(code).toBe(0);
    const folder = temporaryFolder();
    // The script calls the command by its name.
    mkdirSync(join(folder, 'bin'));
    const main = join(root, 'packages/cli/dist/main.js');
    const command = `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`;
    writeFileSync(join(folder, 'bin/sync3'), command, { mode: 0o755 });
    writeFileSync(join(folder, 'completion.sh'), stdout);
    const complete = (...words: string[]) => {
      const script = `source completion.sh; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sync3_yargs_completions; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const result = spawnSync('bash', ['-c', script, 'bash', ...words], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          PATH: `${join(folder, 'bin')}:${join(process.execPath, '..')}:${process.env['PATH']}`,
        },
      });
      return result.stdout.trimEnd().split('\n');
    };
    expect(complete('sync3', 'st')).toEqual(['status']);
    expect(complete('sync3', 'batch', '')).toEqual(inBatch);
    expect(complete('sync3', 'batch', 'run', '--skip')).toEqual(['--skip-invalid', '--skip-check']);
    expect(complete('sync3', 'run', '--sync')).toEqual(['--sync-mode']);
    expect(complete('sync3', 'run', '--sync-mode', 'b')).toEqual(['bounce']);
  });

  test('of zsh is a script of its own', async () => {
    const { code, stdout } = await sync3(['completion'], { env: { SHELL: '/bin/zsh' } });
    expect(code).toBe(0);
    expect(stdout).toContain('#compdef sync3');
  });

  test('is printed on a terminal, too', async () => {
    const { code, output } = await startOnTerminal(['completion']).outcome;
    expect(code).toBe(0);
    expect(output).toContain('_sync3_yargs_completions');
  });
});
