import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MockServerOptions } from '../options.js';
import { startMockServer } from '../start-mock-server.js';

/** A command that has been run beside a mock server. */
export interface RunBesideServer {
  /** Its exit code; what a signal has ended has none. */
  readonly code: number | null;
  /** Folders of records, one for each server that was sent something. */
  readonly records: readonly string[];
}

/** How a command is run. */
export interface RunBesideOptions {
  /** The program, and its arguments. */
  command: readonly string[];
  /** How the mock server is set up. */
  server?: MockServerOptions;
  /** Ends the command. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs a command, such as the tests of an application, beside a mock server. The command finds its
 * address and a key in `RUNWARE_BASE_URL` and `RUNWARE_API_KEY`. Mock servers that it starts by itself
 * record too, by `SYNC3_RECORD`. What it prints goes to stderr.
 *
 * @param use is given what was recorded, which is removed afterwards.
 * @throws {Error} the command cannot be started, or the server.
 */
export async function runBesideServer<Result>(
  { command: [program = '', ...args], server, signal }: RunBesideOptions,
  use: (run: RunBesideServer) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'sync3-records-'));
  try {
    const mock = await startMockServer({ ...server, record: join(folder, 'command') });
    const env = {
      ...process.env,
      RUNWARE_BASE_URL: mock.url,
      RUNWARE_API_KEY: 'mock',
      SYNC3_RECORD: folder,
    };
    let code: number | null;
    try {
      const child = spawn(program, args, { stdio: ['inherit', 2, 2], env, signal });
      [code] = await once(child, 'close');
    } finally {
      await mock.close();
    }
    const records: string[] = [];
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      if ((await readdir(path)).length > 0) records.push(path);
    }
    return await use({ code, records });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
