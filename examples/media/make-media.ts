// Makes the sample media in this folder: `node examples/media/make-media.ts` (Node 24 or newer).
// The clips are drawn and encoded here; the voice lines are spoken by espeak-ng.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { registerMediabunnyServer } from '@mediabunny/server';
import { type Clip, encodeClip } from './encode-clip.ts';

const CLIPS: readonly Clip[] = [
  {
    path: besideThisFile('face.mp4'),
    container: 'MP4',
    width: 640,
    height: 360,
    seconds: 5,
    frameRate: 25,
    bitrate: 420_000,
    look: {
      wallTop: [72, 126, 140],
      wallBottom: [214, 196, 164],
      skin: [240, 199, 168],
      shade: [208, 154, 124],
      hair: [92, 56, 40],
      iris: [74, 120, 84],
      jumper: [196, 92, 68],
    },
  },
  {
    path: besideThisFile('face-30fps.webm'),
    container: 'WEBM',
    width: 320,
    height: 240,
    seconds: 4,
    frameRate: 30,
    bitrate: 260_000,
    look: {
      wallTop: [96, 92, 140],
      wallBottom: [222, 186, 186],
      skin: [168, 116, 84],
      shade: [128, 82, 58],
      hair: [38, 30, 32],
      iris: [86, 58, 38],
      jumper: [64, 128, 124],
    },
  },
];

const LINES = [
  {
    path: besideThisFile('line-short.wav'),
    text: 'Hello! This line ends before the clip does.',
  },
  {
    path: besideThisFile('line-long.wav'),
    text:
      'This line is longer than the clip, so it shows what each sync mode does ' +
      'when the voice keeps on talking after the picture has ended.',
  },
];

registerMediabunnyServer();
for (const { path, text } of LINES) speakLine(path, text);
for (const clip of CLIPS) {
  await encodeClip(clip);
  console.log(`Made ${clip.path}`);
}

function speakLine(path: string, text: string): void {
  try {
    execFileSync('espeak-ng', ['-v', 'en', '-s', '155', '-w', path, '--stdin'], { input: text });
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = isMissing
      ? 'espeak-ng is not installed. Install it (Debian: apt-get install espeak-ng; ' +
        'macOS: brew install espeak-ng) and run this again.'
      : `espeak-ng failed: ${String(error)}`;
    console.error(`Cannot speak ${path}: ${reason}`);
    process.exit(1);
  }
  console.log(`Made ${path}`);
}

function besideThisFile(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
