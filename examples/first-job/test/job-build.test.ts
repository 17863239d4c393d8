import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const repository = dirname(fileURLToPath(new URL('../../../package.json', import.meta.url)));
const sources = [
  'examples/first-job',
  'examples/media',
  'openapi/observed.json',
  'openapi/sync-3.openapi.json',
  'packages/generated',
  'packages/mock-server',
  'packages/sdk',
  'tooling/workspace',
];

async function runNode(folder: string, ...parameters: string[]) {
  const { RUNWARE_API_KEY: _, INIT_CWD: __, ...env } = process.env;
  const child = spawn(process.execPath, parameters, { cwd: folder, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

// How it is installed is measured by `pnpm bench --only start`, since that needs a registry.
test('what npm start builds without the toolchain does the job', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sync3-job-build-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const path of sources) {
    await cp(join(repository, path), join(folder, path), {
      recursive: true,
      verbatimSymlinks: true,
      // What was built by another build would hide what this one leaves out.
      filter: (source) => !/[\\/](dist|\.vitest|\.turbo)$/.test(source),
    });
  }
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const build = `await (await import('./tooling/workspace/job-build.mjs')).buildJob();`;
  expect(await runNode(folder, '--input-type=module', '--eval', build)).toEqual({
    code: 0,
    output: '',
  });
  const { code, output } = await runNode(folder, 'examples/first-job/dist/main.js');
  expect(output).toMatch(/Violations +0 /);
  expect(code).toBe(0);
});
