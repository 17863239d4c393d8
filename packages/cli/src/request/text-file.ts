import { readFile } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CommandError } from '../command-error.js';

/** A text and where it is from, as messages name it. */
export interface TextFile {
  name: string;
  text: string;
}

/**
 * Reads a file, or with `-` stdin: UTF-8, or UTF-16 with a byte order mark, which is what PowerShell
 * writes.
 *
 * @param signal ends the reading of stdin.
 * @throws {CommandError} it cannot be read, or is no text.
 */
export async function readTextFile(path: string, signal?: AbortSignal): Promise<TextFile> {
  const name = path === '-' ? 'stdin' : path;
  const bytes = await (path === '-' ? readStdin(signal) : readFile(path)).catch(
    (cause: NodeJS.ErrnoException) => {
      if (signal?.aborted) throw cause;
      const message = `Cannot read "${name}": ${reason(cause)}.`;
      throw new CommandError(message, undefined, 'badInput', cause);
    },
  );
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
    return { name, text };
  } catch (cause) {
    throw new CommandError(`"${name}" is no text.`, undefined, 'badInput', cause);
  }
}

function readStdin(signal: AbortSignal | undefined): Promise<Buffer> {
  if (process.stdin.isTTY) process.stderr.write('Reading from the terminal; Ctrl-D ends it.\n');
  return buffer(signal ? addAbortSignal(signal, process.stdin) : process.stdin);
}

/** Why a file cannot be used, in words. */
function reason({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read';
  return message;
}
