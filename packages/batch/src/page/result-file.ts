import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Finds the file of a result. The name comes from the ledger, and may be anything.
 *
 * @param name as the ledger has it, with `/`.
 * @returns its real path; `undefined` when there is no such file, or it lies outside the output folder,
 * be it by its name or behind a symbolic link.
 */
export async function findResult(
  name: string,
  outputDirectory: string,
): Promise<string | undefined> {
  const segments = name.split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const isSafe = !/[\\\u0000]|\p{Surrogate}/u.test(name);
  if (!isSafe || segments.some((segment) => ['', '.', '..'].includes(segment))) return undefined;
  try {
    const folder = await realpath(outputDirectory);
    const file = await realpath(join(folder, ...segments));
    const isInside = file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
    return isInside && (await stat(file)).isFile() ? file : undefined;
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
