import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from '@sync3/mock-server/vitest';
import { expect } from 'vitest';
import { eventsOf, sync3, talk, temporaryFolder } from './command.ts';

const cli = join(import.meta.dirname, '..');
const { dependencies } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8'));

/** A project in which the command is installed, and of the packages beside it what it depends on. */
function installCommand() {
  const folder = temporaryFolder();
  const place = join(folder, 'node_modules/@sync3/cli');
  for (const name of ['dist', 'package.json']) {
    cpSync(join(cli, name), join(place, name), { recursive: true });
  }
  const install = (name: string) => {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(cli, 'node_modules', name), link, 'junction');
  };
  for (const name of Object.keys(dependencies)) install(name);
  return { folder, install, program: join(place, 'dist/main.js') };
}

test('the mock server is installed only by those who want it', () => {
  expect(Object.keys(dependencies)).not.toContain('@sync3/mock-server');
});

test.each([
  ['--mock', ['run', '--mock', ...talk]],
  ['sync3 mock', ['mock', '--port', '0']],
])('%s without a mock server says which command installs it', async (_, args) => {
  const { folder, program } = installCommand();
  const { code, stdout, stderr } = await sync3(args, { folder, program });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('sync3: @sync3/mock-server is not installed');
  expect(stderr).toMatch(/^Next: npm install "@sync3\/mock-server@\S+", with --global if /m);
});

test('a program reads the same', async () => {
  const outcome = await sync3(['run', '--mock', '--json', ...talk], installCommand());
  expect(eventsOf(outcome).at(-1)).toMatchObject({
    event: 'error',
    message: expect.stringContaining('@sync3/mock-server is not installed'),
    next: expect.stringContaining('npm install'),
  });
});

test('jobs of the API need no mock server', async ({ mock: { url } }) => {
  const { folder, program } = installCommand();
  const args = ['run', ...talk, '-o', 'out.mp4'];
  expect(await sync3(args, { folder, program, url })).toMatchObject({
    code: 0,
    stdout: 'out.mp4\n',
  });
});

test('a mock server that is installed beside the command is found', async () => {
  const { folder, program, install } = installCommand();
  install('@sync3/mock-server');
  const args = ['estimate', '--mock', ...talk];
  expect(await sync3(args, { folder, program })).toMatchObject({ code: 0 });
});
