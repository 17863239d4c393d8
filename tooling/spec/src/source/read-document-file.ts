import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { SpecError } from '../spec-error.ts';
import { readBoundedText } from './bounded-text.ts';
import { quoted } from './quoted.ts';

/**
 * The text of a file. What is read is bounded, not the size it is said to have: that may grow.
 *
 * @throws {SpecError} when it is missing, is no ordinary file, is too large or is not UTF-8.
 */
export async function readDocumentFile(path: string, maxBytes: number): Promise<string> {
  const what = `The file ${quoted(path)}`;
  // Without O_NONBLOCK, opening a pipe waits for somebody to write to it.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error) => {
    throw new SpecError(`${what} cannot be opened (${error.code}). Check the path.`, {
      cause: error,
    });
  });
  try {
    if (!(await file.stat()).isFile())
      throw new SpecError(`${what} is not an ordinary file. Give one.`);
    return await readBoundedText(file.createReadStream({ autoClose: false }), maxBytes, what);
  } finally {
    await file.close();
  }
}
