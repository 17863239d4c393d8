import { spawn } from 'node:child_process';

/**
 * Runs a program to its end, without a shell: no text can become a command.
 *
 * @param environment added to the environment of this process.
 * @returns what it has written to its output.
 * @throws {Error} it cannot be run or has failed; with all that it has written.
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
      reject(new Error(`\`${shown}\` ended with ${code ?? signal}:\n${output}${errors}`));
    });
  });
}
