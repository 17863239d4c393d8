import { spawn } from 'node:child_process';

/** A program has failed. The message has all that it has written. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
  /** What it has written to its error output. */
  readonly errors: string;

  constructor(message: string, errors: string) {
    super(message);
    this.errors = errors;
  }
}

/**
 * Runs a program to its end, without a shell: no text can become a command.
 *
 * @param environment added to the environment of this process.
 * @returns what it has written to its output.
 * @throws {ProgramError} it has failed.
 * @throws {Error} it cannot be run.
 */
export function runProgram(
  command: string,
  parameters: string[],
  folder: string,
  environment: Record<string, string> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const program = spawn(command, parameters, {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, errors] = ['', ''];
    program.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    program.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    program.on('error', reject);
    program.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const shown = [command, ...parameters].join(' ').slice(0, 300);
      const message = `\`${shown}\` ended with ${code ?? signal}:\n${output}${errors}`;
      reject(new ProgramError(message, errors));
    });
  });
}
