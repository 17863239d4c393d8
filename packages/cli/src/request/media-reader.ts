import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { file } from '@sync3/sdk/node';
import { CommandError } from '../command-error.js';

/** Whether a text has the form of a UUID. */
export function isUuid(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

/** A scheme: two letters at least, or a Windows drive would be one. */
const schemePattern = /^[a-z][a-z\d+.-]+:/i;

const kinds = 'Give a local file, an http(s) URL, or the UUID of an uploaded file.';

/** How `--help` and the documentation tell the three apart. */
export const mediaInWords = [
  'A video or a voice is a local file, a URL or a UUID:',
  '  what begins with http:// or https:// is a URL,',
  '  what has the form of a UUID is one of an uploaded file,',
  '  everything else is the path of a file, which is uploaded first; in a JSON file, seen from its folder.',
  '  A file that is named like a UUID is written with its folder: ./6f1c3c5e-…',
].join('\n');

/**
 * Reads what stands for a video or a voice: a URL, a UUID, or the path of a local file.
 *
 * @param value what was given.
 * @param folder what a relative path is seen from.
 * @param place what it was given as, for messages.
 * @throws {CommandError} it is none of the three, or more than one.
 * @throws {Sync3Error} the file cannot be read, is empty or is not a file.
 */
export type MediaReader = (value: string, folder: string, place: string) => string | Blob;

/** A reader that gives one Blob for one file, however often it is named: it is uploaded once. */
export function createMediaReader(): MediaReader {
  const blobs = new Map<string, Blob>();
  return (value, folder, place) => {
    const isStored = isUuid(value);
    const path = resolve(folder, value);
    if (isStored && existsSync(path)) {
      const next = `Write ./${value} for the file, or move it away for the UUID.`;
      throw new CommandError(`${place} "${value}" is ambiguous: a UUID and a file here.`, next);
    }
    if (isStored || /^https?:\/\//i.test(value)) return value;
    if (!existsSync(path) || value === '') {
      const scheme = schemePattern.exec(value)?.[0];
      // A long value, such as a data URI, is no use in a message.
      const name = value.length > 200 ? `${value.slice(0, 200)}…` : value;
      const fault = scheme
        ? `begins with ${scheme}, which cannot be used`
        : 'is a file that does not exist';
      throw new CommandError(`${place} "${name}" ${fault}.`, kinds);
    }
    const blob = blobs.get(path) ?? file(path);
    blobs.set(path, blob);
    return blob;
  };
}
