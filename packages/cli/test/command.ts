import { spawn as spawnProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn as spawnOnTerminal } from '@lydell/node-pty';
import { expect, onTestFinished } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** The key that commands are given; no output may hold it. */
const apiKey = 'secret-key-of-the-tests';

export const media = {
  video: fileURLToPath(new URL('../../../examples/media/face.mp4', import.meta.url)),
  audio: fileURLToPath(new URL('../../../examples/media/line-short.wav', import.meta.url)),
};

/** The options of a job that works. */
export const talk = ['--video', media.video, '--audio', media.audio];

/** Where a command runs. */
export interface Surroundings {
  /** The base URL of the mock server, as an environment has it. */
  url?: string;
  /** @default a new folder */
  folder?: string;
  /** Further variables; `undefined` takes one away. */
  env?: Record<string, string | undefined>;
  /** What stdin holds. */
  stdin?: string | Buffer;
  /** What Node runs. @default the built command of this package */
  program?: string;
  /** Of the terminal. @default 80 */
  columns?: number;
}

/** What came of a command. */
export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sync3-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function environment({ url, env }: Surroundings): Record<string, string> {
  const variables = {
    PATH: process.env['PATH'],
    SystemRoot: process.env['SystemRoot'],
    TMPDIR: process.env['TMPDIR'],
    RUNWARE_API_KEY: apiKey,
    RUNWARE_BASE_URL: url,
    TERM: 'xterm-256color',
    ...env,
  };
  return Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined),
  ) as Record<string, string>;
}

/** Starts the built command with pipes. */
export function start(args: string[], surroundings: Surroundings = {}) {
  const child = spawnProcess(process.execPath, [surroundings.program ?? main, ...args], {
    cwd: surroundings.folder ?? temporaryFolder(),
    env: environment(surroundings),
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text) => {
      output[name] += text;
    });
  }
  child.stdin.on('error', () => {}).end(surroundings.stdin);
  const outcome = once(child, 'close').then(([code]): Outcome => {
    expect(output.stdout + output.stderr).not.toContain(apiKey);
    return { code, ...output };
  });
  return {
    child,
    outcome,
    /** Resolves with the match as soon as the output has one. */
    async until(pattern: RegExp): Promise<RegExpExecArray> {
      for (;;) {
        const text = output.stdout + output.stderr;
        const match = pattern.exec(text);
        if (match) return match;
        if (child.exitCode !== null) throw new Error(`It ended without ${pattern}: ${text}`);
        await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), outcome]);
      }
    },
  };
}

/** Runs the built command with pipes. */
export function sync3(args: string[], surroundings: Surroundings = {}): Promise<Outcome> {
  return start(args, surroundings).outcome;
}

/** Starts the built command on a terminal. */
export function startOnTerminal(args: string[], surroundings: Surroundings = {}) {
  const terminal = spawnOnTerminal(process.execPath, [main, ...args], {
    cwd: surroundings.folder ?? temporaryFolder(),
    env: environment(surroundings),
    cols: surroundings.columns ?? 80,
    rows: 24,
  });
  let output = '';
  let isOver = false;
  let wake = () => {};
  terminal.onData((text) => {
    output += text;
    wake();
  });
  const outcome = new Promise<{ code: number; output: string }>((resolve) => {
    terminal.onExit(({ exitCode }) => {
      isOver = true;
      wake();
      resolve({ code: exitCode, output });
    });
  });
  onTestFinished(() => {
    if (!isOver) terminal.kill('SIGKILL');
  });
  return {
    outcome,
    press: (keys: string) => terminal.write(keys),
    async until(pattern: RegExp): Promise<void> {
      while (!pattern.test(output)) {
        if (isOver) throw new Error(`It ended without ${pattern}: ${output}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/** The events that `--json` printed. */
export function eventsOf({ stdout }: Pick<Outcome, 'stdout'>) {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** The first UUID in a text. */
export function uuidIn(text: string): string {
  const [uuid] = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/.exec(text) ?? [];
  if (!uuid) throw new Error(`There is no UUID in: ${text}`);
  return uuid;
}
