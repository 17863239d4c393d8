import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../../mock-server/test/free-port.ts';

/** Nothing for power cuts, for replicas, or for databases that live long. */
const cheapSettings = [
  'fsync=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'autovacuum=off',
];

/** A PostgreSQL server of the tests' own, on 127.0.0.1. */
export interface PostgresCluster {
  port: number;
  /** Makes an empty database and gives its URL. */
  createDatabase(): Promise<string>;
  /** Ends the server: at once, breaking all connections. */
  crash(): Promise<void>;
  /** Starts it again, on the same port. */
  start(): Promise<void>;
  /** Ends the server and removes its files. */
  remove(): Promise<void>;
}

/**
 * @param tls files that the server shows; without them it offers no TLS.
 * @throws {Error} PostgreSQL is not installed.
 */
export async function startPostgres({
  tls,
}: {
  tls?: { key: string; certificate: string };
} = {}): Promise<PostgresCluster> {
  const binaries = findBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'sync3-postgres-'));
  const data = join(folder, 'data');
  const user = findUser();
  if (user) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const asUser = { cwd: folder, ...user };
  execFileSync(
    join(binaries, 'initdb'),
    ['--pgdata', data, '--username', 'sync3', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'],
    { ...asUser, stdio: 'pipe' },
  );
  const tlsSettings = tls ? takeTlsFiles(tls) : [];
  const port = await freePort();
  let server: ChildProcess | undefined;

  /** The server reads only a key that is its user's own. */
  function takeTlsFiles({ key, certificate }: { key: string; certificate: string }): string[] {
    for (const [path, name] of [
      [key, 'server.key'],
      [certificate, 'server.crt'],
    ] as const) {
      const copy = join(data, name);
      copyFileSync(path, copy);
      chmodSync(copy, 0o600);
      if (user) chownSync(copy, user.uid, user.gid);
    }
    return ['ssl=on'];
  }

  async function start(): Promise<void> {
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      ...cheapSettings,
      ...tlsSettings,
    ];
    const args = ['-D', data, '-p', `${port}`, ...settings.flatMap((setting) => ['-c', setting])];
    server = spawn(join(binaries, 'postgres'), args, { ...asUser, stdio: 'ignore' });
    for (;;) {
      const client = new pg.Client(urlOf(port, 'postgres'));
      client.on('error', () => {});
      try {
        await client.connect();
        return;
      } catch (error) {
        if (server.exitCode !== null) throw error;
        await sleep(50);
      } finally {
        await client.end().catch(() => {});
      }
    }
  }

  async function crash(): Promise<void> {
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    // "Immediate shutdown": no connection is ended politely.
    server?.kill('SIGQUIT');
    await ended;
  }

  await start();
  return {
    port,
    createDatabase: () => createDatabase(port),
    crash,
    start,
    async remove() {
      await crash();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Makes a database on a server of the tests.
 *
 * @param template the database to copy; nobody may be connected to it. `template1` is empty.
 * @returns its URL.
 */
export async function createDatabase(port: number, template = 'template1'): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client(urlOf(port, 'postgres'));
  await client.connect();
  // The usual way writes all that is copied to the log as well, for five times the work.
  await client.query(`create database ${name} template ${template} strategy file_copy`);
  await client.end();
  return urlOf(port, name);
}

function urlOf(port: number, name: string): string {
  return `postgres://sync3:secret-password@127.0.0.1:${port}/${name}`;
}

function findBinaries(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => +b - +a) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...`${process.env['PATH']}`.split(delimiter),
  ];
  const found = folders.find((folder) =>
    ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))),
  );
  if (found) return found;
  throw new Error(
    'These tests need PostgreSQL 15 or later: "initdb" and "postgres" are neither in ' +
      '/usr/lib/postgresql/*/bin nor in PATH. Install it: apt-get install postgresql.',
  );
}

/** PostgreSQL does not run as root; another user does it then. */
function findUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // The system has no such user.
    }
  }
  throw new Error('These tests run as root, and there is neither a user "postgres" nor "nobody".');
}
