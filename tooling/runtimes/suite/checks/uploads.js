import { expectEqual, expectTrue } from '../expect.js';

/** Not a multiple of 3, of 1,024 or of the size of a part. */
const size = 3_000_001;
const partSize = 77_777;

/** A Blob of many parts, in which every byte tells where it stands. */
function manyParts() {
  const parts = [];
  for (let start = 0; start < size; start += partSize) {
    const bytes = new Uint8Array(Math.min(partSize, size - start));
    for (let index = 0; index < bytes.length; index++) {
      const position = start + index;
      bytes[index] = position ^ (position >> 8) ^ (position >> 16);
    }
    parts.push(bytes);
  }
  return new Blob(parts, { type: 'audio/wav' });
}

export const uploadChecks = {
  async 'a Blob arrives byte for byte, and its progress is told'({ client }) {
    const blob = manyParts();
    const progress = [];
    const { mediaUUID, mediaURL } = await client('storage').media.upload(blob, {
      onProgress: (step) => progress.push(step),
    });
    expectTrue(mediaUUID.length === 36, `The mediaUUID is ${mediaUUID}.`);
    const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
    const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
    const stored = new URL(mediaURL).searchParams;
    expectEqual(stored.get('type'), 'audio/wav', 'The type that arrived');
    expectEqual(stored.get('size'), `${size}`, 'The number of bytes that arrived');
    expectEqual(stored.get('sha256'), hex.join(''), 'The SHA-256 of what arrived');
    expectTrue(progress.length > 2, `There were ${progress.length} steps.`);
    expectTrue(
      progress.every(({ sentBytes }, index) => sentBytes > (progress[index - 1]?.sentBytes ?? -1)),
      'A step went backwards.',
    );
    expectEqual(progress.at(-1), { sentBytes: size, totalBytes: size }, 'The last step');
  },

  async 'a Blob as an input is uploaded, and its UUID is submitted'({ client, arrivals }) {
    const audio = new Blob(['RIFF', new Uint8Array(9)], { type: 'audio/wav' });
    const inputs = { video: 'https://example.com/talk.mp4', audio };
    const { videos } = await client('blob-input').lipsync.run({ inputs });
    expectEqual(videos.length, 1, 'The number of videos');
    const [storage, submit] = await arrivals('blob-input');
    expectEqual(storage.taskTypes, ['mediaStorage'], 'The first request');
    expectEqual(submit.taskTypes, ['videoInference'], 'The second request');
    expectEqual(submit.audio, storage.mediaUUID, 'The submitted audio');
  },
};
