import { randomUUID } from 'node:crypto';
import { lstat, open, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, parse } from 'node:path';
import { CommandError } from '../command-error.js';
import { writeFailure } from './write-failure.js';

/** Bytes that are written to see whether a folder takes any. */
const probeBytes = 4096;

/** Where the results of a job go: `out.mp4`, or `out-1.mp4` and so on when there are several. */
export function outputPaths(output: string, results: number): string[] {
  if (results === 1) return [output];
  const { dir, name, ext } = parse(output);
  return Array.from({ length: results }, (_, index) => join(dir, `${name}-${index + 1}${ext}`));
}

/**
 * Looks at where the results will go, before anything is paid for. Each folder is written to, as its
 * permissions do not tell of a full disk or a read-only file system.
 *
 * @throws {CommandError} there is a file already, or none can be written there.
 */
export async function assertWritable(paths: readonly string[], force: boolean): Promise<void> {
  for (const path of paths) await assertFree(path, force);
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    await probe(folder).catch((cause) => {
      const path = paths.find((one) => dirname(one) === folder);
      throw unusable(writeFailure(`${path}`, cause), cause);
    });
  }
}

async function assertFree(path: string, force: boolean): Promise<void> {
  if (path === '') throw unusable('--output is empty.');
  const folder = dirname(path);
  const folderStats = await stat(folder).catch(() => undefined);
  if (!folderStats?.isDirectory()) {
    const next = 'Make the folder, or write another --output.';
    throw new CommandError(`Cannot write "${path}": there is no folder "${folder}".`, next);
  }
  if (!path.endsWith(basename(path))) {
    throw unusable(`Cannot write "${path}": its name is that of a folder.`);
  }
  // A link that leads nowhere takes the name, too.
  const stats = await lstat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw unusable(writeFailure(path, cause), cause);
  });
  const target = await stat(path).catch(() => undefined);
  if (target && !target.isFile()) throw unusable(`Cannot write "${path}": it is not a file.`);
  if (stats && !force) {
    const next = 'Write another --output, or replace it with --force.';
    throw new CommandError(`"${path}" exists.`, next);
  }
}

/** Writes to a folder, and leaves nothing behind. */
async function probe(folder: string): Promise<void> {
  const path = join(folder, `.${randomUUID()}.part`);
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(Buffer.alloc(probeBytes));
    await handle.sync();
  } finally {
    await handle.close();
    await rm(path, { force: true });
  }
}

function unusable(message: string, cause?: unknown): CommandError {
  return new CommandError(message, 'Write another --output.', 'badInput', cause);
}
