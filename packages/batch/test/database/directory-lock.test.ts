import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '@sync3/batch';
import { expect, onTestFinished, test } from 'vitest';
import { freshDatabase, temporaryFolder } from './fresh-database.ts';

const program = new URL('hold-directory.ts', import.meta.url).pathname;

async function freshDirectory(): Promise<string> {
  const options = await freshDatabase('pglite');
  return (options as { directory: string }).directory;
}

/** Another process that has the directory open. */
async function hold(directory: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

test('a directory that another process has open is refused, and its holder is named', async () => {
  const directory = await freshDirectory();
  const child = await hold(directory);
  await expect(openDatabase({ directory, access: 'own' })).rejects.toMatchObject({
    name: 'DatabaseInUseError',
    retryable: true,
    message: expect.stringContaining(`process ${child.pid} on `),
  });
  await kill(child);
  const database = await openDatabase({ directory });
  expect(await database.query('select name from sync3.batch')).toEqual([{ name: 'of a program' }]);
  await database.close();
});

test('a holder that lives is not replaced, however long it has been silent', async () => {
  const directory = await freshDirectory();
  const child = await hold(directory);
  child.kill('SIGSTOP');
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(join(directory, 'lock'), longAgo, longAgo);
  await expect(openDatabase({ directory, access: 'own' })).rejects.toMatchObject({
    name: 'DatabaseInUseError',
  });
});

test('of several that replace a dead holder, exactly one succeeds', async () => {
  const directory = await freshDirectory();
  await kill(await hold(directory));
  const opened = await Promise.allSettled(
    Array.from({ length: 5 }, () => openDatabase({ directory, access: 'own' })),
  );
  const databases = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(databases).toHaveLength(1);
  for (const each of opened) {
    if (each.status === 'rejected') expect(each.reason.name).toBe('DatabaseInUseError');
  }
  await databases[0]?.close();
});

test('a later process with the number of a dead holder does not count as the holder', async () => {
  const directory = await freshDirectory();
  await kill(await hold(directory));
  const path = join(directory, 'lock-holder.json');
  const holder = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...holder, pid: process.pid }));
  const database = await openDatabase({ directory });
  await database.close();
});

test('a holder on another machine is replaced when it has been silent for a minute', async () => {
  const directory = await freshDirectory();
  await kill(await hold(directory));
  const path = join(directory, 'lock-holder.json');
  const holder = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...holder, machine: 'elsewhere', hostname: 'elsewhere' }));
  await expect(openDatabase({ directory, access: 'own' })).rejects.toThrow(
    `process ${holder.pid} on elsewhere`,
  );
  const silentSince = new Date(Date.now() - 61_000);
  utimesSync(join(directory, 'lock'), silentSince, silentSince);
  const database = await openDatabase({ directory });
  await database.close();
});

test('after the lock was lost nothing is written any more', async () => {
  const directory = await freshDirectory();
  const database = await openDatabase({ directory });
  rmdirSync(join(directory, 'lock'));
  // The next sign of life finds that the lock is gone.
  await expect
    .poll(
      () =>
        database.query('select 1').then(
          () => 'works',
          ({ message }) => message,
        ),
      { interval: 500 },
    )
    .toContain('was lost');
  await expect(database.transaction(async () => {})).rejects.toThrow('was lost');
  await database.close();
  const next = await openDatabase({ directory });
  await next.close();
});

test('a directory that cannot be made is named', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(openDatabase({ directory: join(file, 'batch') })).rejects.toMatchObject({
    name: 'DatabaseUnavailableError',
    message: expect.stringContaining(file),
  });
});
