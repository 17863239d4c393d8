import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Runs what CI runs, showing what it prints, and names what fails. */
export async function findFailures(repository: string): Promise<string[]> {
  const tests = spawn(join(repository, '.ci/run'), {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  tests.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text);
    output += text;
  });
  const code = await new Promise((resolve, reject) =>
    tests.on('error', reject).on('close', resolve),
  );
  if (code === 0) return [];
  // At its end, `npm test` names each test and each step that has failed.
  const named = [...output.matchAll(/^failed: (.+)$|^(Failed: .+)$/gm)].map(
    ([, test, steps]) => test ?? steps ?? '',
  );
  return named.length > 0
    ? [...new Set(named)]
    : [`The tests ended with ${code} before their end.`];
}
