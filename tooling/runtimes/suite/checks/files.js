import { Buffer } from 'node:buffer';
import { readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Sync3Error } from '@sync3/sdk';
import { file, saveVideo } from '@sync3/sdk/node';
import { expectEqual, expectError, expectTrue, rejectionOf } from '../expect.js';

/** What holds where there are files: in Node, Bun and Deno. */
export const fileChecks = {
  async 'a file is uploaded, runs to a video, and the video is saved'({ client, place }) {
    const { video, voicePath } = place.media;
    const inputs = { video, audio: file(voicePath) };
    const result = await client('mock').lipsync.run({ inputs });
    const path = join(place.folder, 'result.mp4');
    let receivedBytes = 0;
    const size = await saveVideo(result.videos[0], path, {
      onProgress: (step) => {
        receivedBytes = step.receivedBytes;
      },
    });
    expectEqual((await stat(path)).size, size, 'The size of the saved file');
    expectEqual(receivedBytes, size, 'The last step of the download');
    const head = (await readFile(path)).subarray(4, 8).toString();
    expectEqual(head, 'ftyp', 'The first box of the MP4');
  },

  async 'a file arrives byte for byte'({ client, place }) {
    const path = join(place.folder, 'voice.wav');
    const bytes = new Uint8Array(1_000_003).map((_, index) => index ^ (index >> 8));
    await writeFile(path, bytes);
    const { mediaURL } = await client('storage').media.upload(file(path));
    const digest = await crypto.subtle.digest('SHA-256', bytes);
    const stored = new URL(mediaURL).searchParams;
    expectEqual(stored.get('sha256'), Buffer.from(digest).toString('hex'), 'The SHA-256');
    expectEqual(stored.get('type'), 'audio/wav', 'The type');
  },

  async 'a file that has changed since it was taken is not uploaded'({ client, place }) {
    const path = join(place.folder, 'changing.wav');
    await writeFile(path, 'RIFF before');
    await utimes(path, 1, 1);
    const taken = file(path);
    await writeFile(`${path}.new`, 'RIFF behind the back');
    await rename(`${path}.new`, path);
    const error = await rejectionOf(client('storage', { maxRetries: 0 }).media.upload(taken));
    expectError(error, Sync3Error);
    expectTrue(error.message.includes('it has changed'), `The message is: ${error.message}`);
  },
};
