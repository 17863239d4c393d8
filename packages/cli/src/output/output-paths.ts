import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { CommandError } from '../command-error.js';

/** Where the results of a job go: `out.mp4`, or `out-1.mp4` and so on when there are several. */
export function outputPaths(output: string, results: number): string[] {
  if (results === 1) return [output];
  const { dir, name, ext } = parse(output);
  return Array.from({ length: results }, (_, index) => join(dir, `${name}-${index + 1}${ext}`));
}

/**
 * Looks at where the results will go, before anything is paid for.
 *
 * @throws {CommandError} there is a file already, or none can be written there.
 */
export async function assertWritable(paths: readonly string[], force: boolean): Promise<void> {
  for (const path of paths) {
    const folder = dirname(path);
    const folderStats = await stat(folder).catch(() => undefined);
    if (!folderStats?.isDirectory()) {
      const next = 'Make the folder, or write another --output.';
      throw new CommandError(`Cannot write "${path}": there is no folder "${folder}".`, next);
    }
    await access(folder, constants.W_OK).catch((cause) => {
      const fault = `Cannot write "${path}": nothing may be written in "${folder}".`;
      throw new CommandError(fault, 'Write another --output.', 'badInput', cause);
    });
    const stats = await stat(path).catch(() => undefined);
    if (stats && !stats.isFile()) {
      const next = 'Write the name of a file in --output.';
      throw new CommandError(`Cannot write "${path}": it is not a file.`, next);
    }
    if (stats && !force) throw alreadyThere(path);
  }
}

/** What is on the disk stays as it is. */
export function alreadyThere(path: string): CommandError {
  return new CommandError(
    `"${path}" exists.`,
    'Write another --output, or replace it with --force.',
  );
}
