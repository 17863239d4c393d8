import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pathInside } from '../deliver/path-inside.js';
import { isS3Location } from '../deliver/s3-settings.js';

/**
 * Finds the file of a result. The name comes from the ledger, and may be anything.
 *
 * @param name as the ledger has it, with `/`.
 * @returns its real path; `undefined` when there is no such file, it lies outside the output folder, be it by
 * its name or behind a symbolic link, or results go to a store.
 */
export async function findResult(
  name: string,
  outputDirectory: string,
): Promise<string | undefined> {
  if (isS3Location(outputDirectory)) return undefined;
  try {
    const file = await realpath(await pathInside(outputDirectory, name));
    return (await stat(file)).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The URL of a result for a page that is saved at `path`. It begins with `./` or `file:` and all that
 * could mean something in a URL is encoded, so that no name of a file leads elsewhere.
 *
 * @param name as `findResult` has found it in the output folder.
 */
export function resultLink(name: string, outputDirectory: string, path: string): string {
  const file = join(resolve(outputDirectory), ...name.split('/'));
  const link = relative(dirname(resolve(path)), file);
  if (isAbsolute(link)) return pathToFileURL(file).href;
  return `./${link.split(sep).map(encodeURIComponent).join('/')}`;
}
