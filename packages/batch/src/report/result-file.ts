import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pathInside } from '../deliver/path-inside.js';
import { isS3Location } from '../deliver/s3-settings.js';
import { UnsafeOutputError } from '../errors/item-errors.js';

/** A result as the report may speak of it. */
export interface ResultFile {
  /** Relative to the report, or absolute when it is on another drive. */
  url: string;
  /** Whether it is on disk. */
  isThere: boolean;
}

/**
 * Finds the file of a result. The name comes from the ledger, and may be anything.
 *
 * @param name as the ledger has it, with `/`.
 * @returns `undefined` when results go to a store, when the name, or a link on the way, leads out of the output folder, or the name is no name of a file.
 */
export async function findResult(
  name: string,
  { path, outputDirectory }: { path: string; outputDirectory: string },
): Promise<ResultFile | undefined> {
  if (isS3Location(outputDirectory)) return undefined;
  const file = await pathInside(outputDirectory, name).catch((error) =>
    // When the output folder is gone, the file is missing like any other.
    UnsafeOutputError.is(error) ? undefined : join(resolve(outputDirectory), ...name.split('/')),
  );
  if (file === undefined) return undefined;
  const isThere = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  return { url: fileLink(dirname(resolve(path)), file), isThere };
}

/**
 * The URL of a file for a page in `folder`. It begins with `./` or `file:` and all that could mean
 * something in a URL is encoded, so that no name of a file leads elsewhere.
 */
function fileLink(folder: string, file: string): string {
  const path = relative(folder, file);
  if (isAbsolute(path)) return pathToFileURL(file).href;
  return `./${path.split(sep).map(encodeURIComponent).join('/')}`;
}
