import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const sample = (name: string) => fileURLToPath(new URL(`../../media/${name}`, import.meta.url));

export const help = `Gives a video a new voice track: on the local mock server, or with --live on Runware.

  npm start
  npm start -- --video my.mp4 --audio my.wav
  RUNWARE_API_KEY=... npm start -- --live --video my.mp4 --audio my.wav

  --video <file>    the video (default: the sample clip)
  --audio <file>    the new voice (default: the sample line)
  --output <file>   where the result goes (default: output/lip-synced.mp4)
  --live            use the real API; this costs money
  --task <UUID>     with --live: fetch the result of an earlier job instead; this costs nothing
`;

/** What the user asked for. */
export interface Arguments {
  video: string;
  audio: string;
  output: string;
  live: boolean;
  /** The job to fetch; a new one is submitted without it. */
  task: string | undefined;
}

/** @returns `undefined` when the help was asked for. @throws {TypeError} an argument is not known. */
export function readArguments(args: string[]): Arguments | undefined {
  const { values } = parseArgs({
    args,
    options: {
      video: { type: 'string', default: sample('face.mp4') },
      audio: { type: 'string', default: sample('line-short.wav') },
      output: {
        type: 'string',
        default: fileURLToPath(new URL('../../../output/lip-synced.mp4', import.meta.url)),
      },
      live: { type: 'boolean', default: false },
      task: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  if (values.task && !values.live) throw new TypeError('--task needs --live.');
  // npm runs scripts in the root of the repository; the user may stand elsewhere.
  const { INIT_CWD: folder = process.cwd() } = process.env;
  return {
    video: resolve(folder, values.video),
    audio: resolve(folder, values.audio),
    output: resolve(folder, values.output),
    live: values.live,
    task: values.task,
  };
}
