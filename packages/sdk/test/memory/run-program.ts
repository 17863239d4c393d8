import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

/** Runs a program of this folder in a process of its own, until it exits, and reads what it prints. */
export async function runProgram<Printed>(
  name: string,
  programArguments: string[],
  nodeOptions: string[] = [],
): Promise<Printed> {
  const program = fileURLToPath(new URL(name, import.meta.url));
  const running = promisify(execFile)(process.execPath, [
    ...nodeOptions,
    program,
    ...programArguments,
  ]);
  // A test that is over waits no longer.
  onTestFinished(() => {
    running.child.kill('SIGKILL');
  });
  const { stdout } = await running;
  return JSON.parse(stdout);
}
