import { spawn } from 'node:child_process';

/**
 * Runs a program to its end.
 *
 * @returns what it has written.
 * @throws {Error} it failed; with what it has written.
 */
export function runProcess(command: string, parameters: string[], folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Nothing else of the surroundings may play a part, least of all a real API key.
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], npm_config_cache: process.env['npm_config_cache'] },
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
      if (code === 0) resolve(output.stdout);
      else reject(new Error(`${command} ended with ${code}:\n${output.stdout}${output.stderr}`));
    });
  });
}
