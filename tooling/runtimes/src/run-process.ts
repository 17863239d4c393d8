import { spawn } from 'node:child_process';

/**
 * Runs a program to its end.
 *
 * @param successCodes the exit codes that are no failure.
 * @returns what it has written to its output.
 * @throws {Error} it failed; with all that it has written.
 */
export function runProcess(
  command: string,
  parameters: string[],
  folder: string,
  successCodes: readonly number[] = [0],
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Nothing else of the surroundings may play a part, least of all a real API key.
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      output.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== null && successCodes.includes(code)) resolve(output.stdout);
      else reject(new Error(`${command} ended with ${code}:\n${output.stdout}${output.stderr}`));
    });
  });
}
