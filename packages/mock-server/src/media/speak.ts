import { spawn } from 'node:child_process';
import { ARTIFICIAL_VOICE_SAMPLE_RATE, artificialVoice } from './artificial-voice.js';
import { writeWav } from './wav-file.js';

/** How a text was spoken. */
export type SpokenBy = 'espeak-ng' | 'tone';

/** What to speak and where to put it. */
export interface SpeakRequest {
  readonly text: string;
  /** A voice as `espeak-ng` names it, or `auto` for its default. Voices it does not know mean `auto`. */
  readonly voice: string;
  /** WAV file to write. */
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
  /** Speech program to run. Default `espeak-ng`, found on the PATH. */
  readonly program?: string | undefined;
}

/** Voice identifiers that are safe to hand to the program: never an option, never a path. */
const VOICE_NAME = /^[a-z]{2,8}(?:[-+][a-z0-9]{1,12}){0,3}$/i;

/**
 * Speaks a text into a WAV file: with `espeak-ng` when it is installed, otherwise as a clearly
 * artificial tone of about the right length.
 *
 * @returns which of the two it was
 * @throws the signal's reason when it is aborted
 */
export async function speak(request: SpeakRequest): Promise<SpokenBy> {
  const named = VOICE_NAME.test(request.voice) && request.voice !== 'auto';
  const attempts = named ? [['-v', request.voice], []] : [[]];
  for (const options of attempts) {
    if (await runSpeechProgram(request, options)) return 'espeak-ng';
    request.signal?.throwIfAborted();
  }
  await writeWav(request.path, artificialVoice(request.text), ARTIFICIAL_VOICE_SAMPLE_RATE);
  return 'tone';
}

/** Resolves to whether the program ran and succeeded. The text goes in through standard input. */
function runSpeechProgram(request: SpeakRequest, options: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(
      request.program ?? 'espeak-ng',
      [...options, '-b', '1', '--stdin', '-w', request.path],
      { stdio: ['pipe', 'ignore', 'ignore'], signal: request.signal },
    );
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
    // A program that is missing or stops early closes the pipe; `close` and `error` say so above.
    child.stdin.once('error', () => undefined);
    child.stdin.end(request.text);
  });
}
