import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a command may take, in ms. */
const timeoutMs = 30_000;
/** How long what it said is waited for once it has ended, in ms. */
const farewellMs = 1_000;
/** As much of what it says on stderr is repeated, in characters. */
const longestReason = 300;
/** What it has no need of. */
const secrets = [
  'RUNWARE_API_KEY',
  'SYNC3_DATABASE_URL',
  'SYNC3_NOTIFY_URL',
  'SYNC3_WEBHOOK_SECRET',
];

/**
 * Runs a line of the shell, which splits it as its author expects. Nothing is put into that line: the JSON
 * goes to stdin, so that no text of others is ever read by the shell.
 *
 * @throws {Error} it cannot be run, has failed, or takes longer than half a minute.
 */
export async function sendToCommand(line: string, json: string): Promise<void> {
  const isWindows = process.platform === 'win32';
  const child = spawn(line, {
    shell: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    // A group of its own: it ends as a whole, and Ctrl-C is not meant for it.
    detached: !isWindows,
    windowsHide: true,
    env: withoutSecrets(process.env),
  });
  let said = '';
  const { stdin, stderr } = child;
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-longestReason);
  });
  // A command that does not read it has ended before.
  stdin.on('error', () => {}).end(json);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    end(child, isWindows);
  }, timeoutMs);
  try {
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (...ended) => resolve(ended));
    });
    if (code === 0) return;
    // What it said may still be on its way; a process that it has left behind may keep the pipe open.
    if (!stderr.readableEnded) await Promise.race([once(stderr, 'end'), sleep(farewellMs)]);
    if (isLate) throw new Error(`it took longer than ${timeoutMs / 1000} s`);
    throw new Error(`it ended with ${signal ?? `exit code ${code}`}${said ? `: ${said}` : ''}`);
  } finally {
    clearTimeout(timer);
    // What it has left in the background keeps this process from nothing.
    stderr.destroy();
  }
}

function end(child: ChildProcess, isWindows: boolean): void {
  try {
    if (isWindows || child.pid === undefined) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function withoutSecrets(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !secrets.includes(name)));
}
