import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createTemporaryFolder } from '../media/temporary-folder.ts';

const program = fileURLToPath(new URL('../../dist/contract-test.js', import.meta.url));

/** The tests of an application: a script that posts tasks, and ends with an exit code. */
async function application(tasks: object[], code = 0): Promise<string> {
  const path = join(await createTemporaryFolder(), 'tests.mjs');
  const text = `
    const headers = { authorization: 'Bearer ' + process.env.RUNWARE_API_KEY };
    const body = ${JSON.stringify(JSON.stringify(tasks))};
    const response = await fetch(process.env.RUNWARE_BASE_URL, { method: 'POST', headers, body });
    console.log('answered', response.status);
    process.exitCode = ${code};`;
  writeFileSync(path, text);
  return path;
}

function run(args: string[], env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const options = { env: { ...process.env, GITHUB_ACTIONS: '', ...env } };
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

const poll = { taskType: 'getResponse', taskUUID: '5f0cf7d4-17bb-4fcf-9bf9-8e1b8d9b0c11' };
const broken = { ...poll, taskUUID: 'no\nUUID' };

describe('sync3-contract-test', () => {
  test('runs tests beside an emulator, and says nothing where the contract is kept', async () => {
    const path = await application([poll]);
    const { code, stdout, stderr } = await run(['--', process.execPath, path]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('answered 200');
  });

  test('tells of a request that breaks the document, and fails', async () => {
    const args = ['--', process.execPath, await application([broken])];
    const { code, stdout } = await run(args);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^Breaks the document: request getResponse \/\*\/taskUUID: .* \(1 ×\)$/m,
    );
    expect(await run(['--allow-violations', ...args])).toMatchObject({ code: 0 });
  });

  test('tells GitHub of it by an annotation', async () => {
    const args = ['--', process.execPath, await application([broken])];
    const { stdout } = await run(args, { GITHUB_ACTIONS: 'true' });
    expect(stdout).toMatch(
      /^::error title=Breaks the document::request getResponse \/\*\/taskUUID: /,
    );
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });

  test('ends as the tests do', async () => {
    const args = ['--', process.execPath, await application([poll], 7)];
    expect(await run(args)).toMatchObject({ code: 7 });
  });

  test('without a command, or with one that there is not, says so', async () => {
    expect(await run([])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('-- npm test'),
    });
    expect(await run(['--', 'no-such-program'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no-such-program'),
    });
  });

  test('is what the action runs', () => {
    const action = readFileSync(new URL('../../../../action.yml', import.meta.url), 'utf8');
    const { bin } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    );
    const [name] = Object.entries(bin).find(([, file]) => file === './dist/contract-test.js') ?? [];
    expect(action).toContain(`--package "$PACKAGE" ${name} `);
    // Inputs come as variables: an expression within a script could hold one of its own.
    const script = action.slice(action.indexOf('run: |'));
    expect(script).not.toContain('${{');
  });
});
