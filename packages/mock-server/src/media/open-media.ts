import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { assertBounded } from './assert-bounded.js';
import { assertComplete } from './assert-complete.js';
import { MediaError, type MediaRole } from './media-error.js';
import { readWavSizes } from './wav-sizes.js';
import { wavSource } from './wav-source.js';

/**
 * Opens a media file for reading. The caller disposes the result.
 *
 * @param path - the file
 * @param role - what the file is for, in words, for error messages
 * @throws MediaError when the file is missing, a directory, empty, cut short, too long or not media
 */
export async function openMedia(path: string, role: MediaRole): Promise<Input> {
  const name = basename(path);
  await assertFileWithContent(path, role, name);
  await assertBounded(path, role);
  const wav = await readWavSizes(path);
  const input = new Input({
    formats: ALL_FORMATS,
    source: wav?.isUnknown
      ? wavSource(path, wav)
      : // Read-ahead that fails after the last read has been answered concerns nobody.
        new FilePathSource(path, { handleUnhandledError: () => undefined }),
  });
  try {
    await assertComplete(input, path, role);
    return input;
  } catch (error) {
    input.dispose();
    throw unreadable(error, path, role);
  }
}

/** What to throw after reading an opened file has failed: a `MediaError` in any case. */
export function unreadable(error: unknown, path: string, role: MediaRole): MediaError {
  if (error instanceof MediaError) return error;
  return new MediaError(
    role,
    `The ${role} (${basename(path)}) is damaged, or not a media file this emulator can read. ` +
      'Send an MP4, MOV or WEBM video, or WAV, MP3, M4A, OGG or FLAC audio.',
    { cause: error },
  );
}

async function assertFileWithContent(path: string, role: MediaRole, name: string): Promise<void> {
  const facts = await stat(path).catch((cause: unknown) => {
    throw new MediaError(role, `The ${role} (${name}) cannot be opened. Check that it exists.`, {
      cause,
    });
  });
  if (!facts.isFile()) {
    throw new MediaError(role, `The ${role} (${name}) is not a file. Send a media file.`);
  }
  if (facts.size === 0) {
    throw new MediaError(
      role,
      `The ${role} (${name}) is empty (0 bytes). Send the file again; an upload may have failed.`,
    );
  }
}
