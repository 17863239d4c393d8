import { type FileHandle, open } from 'node:fs/promises';
import { readAt } from './read-at.js';

/** Samples that every MP3 decoder is late by, beside what the encoder has put in front. */
const decoderDelay = 529;
/** Where the first frame is looked for behind the tags, in bytes. */
const longestSearch = 65_536;
/** Programs whose tag tells the delay (ffmpeg, libavformat/mp3dec.c, reads the same). */
const encoders = /^(LAME|Lavf|Lavc)/;

/** By the version of MPEG, hertz. */
const sampleRates: Record<number, readonly number[]> = {
  3: [44_100, 48_000, 32_000],
  2: [22_050, 24_000, 16_000],
  0: [11_025, 12_000, 8_000],
};

/**
 * How much silence an MP3 has in front of its sound, in seconds: what its encoder says in the tag of
 * the first frame, and what decoders add. 0 where it says nothing, or the file is no MP3.
 */
export async function readMp3Delay(path: string): Promise<number> {
  const file = await open(path);
  try {
    const bytes = await readAt(file, await endOfTags(file), longestSearch);
    const at = firstFrame(bytes);
    return at < 0 ? 0 : delayIn(bytes.subarray(at));
  } finally {
    await file.close();
  }
}

/** Where the ID3v2 tags in front of an MP3 end. */
async function endOfTags(file: FileHandle): Promise<number> {
  let at = 0;
  for (;;) {
    const header = await readAt(file, at, 10);
    if (header.length < 10 || header.toString('latin1', 0, 3) !== 'ID3') return at;
    // Seven bits in each byte.
    const size = [6, 7, 8, 9].reduce((sum, index) => sum * 128 + ((header[index] ?? 0) & 0x7f), 0);
    at += 10 + size;
  }
}

/** Where the first frame of layer III begins. */
function firstFrame(bytes: Buffer): number {
  for (let at = 0; at + 4 <= bytes.length; at += 1) {
    const [first, second = 0] = bytes.subarray(at, at + 2);
    const isFrame = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
    if (isFrame && (bytes[at + 2] ?? 0) >> 4 !== 15) return at;
  }
  return -1;
}

function delayIn(frame: Buffer): number {
  const [, second = 0, third = 0, fourth = 0] = frame;
  const version = (second >> 3) & 3;
  const sampleRate = sampleRates[version]?.[(third >> 2) & 3];
  const isMono = fourth >> 6 === 3;
  // Behind the side information, whose length depends on both.
  const sideInformation = version === 3 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  const tag = frame.subarray(4 + sideInformation);
  if (!sampleRate || !/^(Xing|Info)$/.test(tag.toString('latin1', 0, 4))) return 0;
  const flags = tag[7] ?? 0;
  // Counts of frames and bytes, a table of contents, and the quality, each where its flag is set.
  const lengths = [4, 4, 100, 4];
  const behind = lengths.reduce((sum, length, bit) => sum + ((flags >> bit) & 1) * length, 8);
  const encoder = tag.subarray(behind);
  if (encoder.length < 24 || !encoders.test(encoder.toString('latin1', 0, 4))) return 0;
  const encoderDelay = encoder.readUIntBE(21, 3) >> 12;
  return (encoderDelay + decoderDelay) / sampleRate;
}
