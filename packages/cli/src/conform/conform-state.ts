import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { CommandError } from '../command-error.js';
import type { Observation } from './observation.js';

/** A job of an experiment. It is written down before its first byte is sent. */
export interface JobRecord {
  readonly taskUUID: string;
  /** How many results it was asked for. */
  readonly results: number;
  /** USD that were held for it. */
  readonly held: number;
  /** When it was first sent, in ms since the epoch. */
  readonly sentAt: number;
  /** `sending` until an answer has told; `doubtful` when none will. */
  state: 'sending' | 'accepted' | 'refused' | 'doubtful';
  /** USD, as its rows have told. */
  cost?: number;
  /** When it was seen to have ended, in ms since the epoch. */
  endedAt?: number;
  /** What came of each deliberate second submit with its UUID. */
  repeats: ('sending' | 'accepted' | 'refused')[];
  /** USD on the account before it was sent. */
  balanceBefore?: number;
  /** Where its first video is. */
  videoURL?: string;
}

/** What a series of experiments has come to so far. */
export interface ConformState {
  readonly version: 1;
  /** Where the API is. */
  readonly baseUrl: string;
  /** What stands at the end of webhook URLs, so that nobody else's requests count. */
  readonly token: string;
  /** USD for a result, as a dry run has told. */
  price?: number;
  /** UUIDs of the media that are stored for it. */
  stored: Record<string, string>;
  jobs: Record<string, JobRecord>;
  observations: Observation[];
}

/** The state in a folder. */
export interface StateFile {
  readonly state: ConformState;
  /** Writes it, to last through a crash of the machine. */
  save(): Promise<void>;
}

/**
 * Reads the state that an earlier run has left in a folder, or begins a new one.
 *
 * @throws {CommandError} the file is none of this program's, or about another API.
 */
export async function openState(folder: string, fresh: ConformState): Promise<StateFile> {
  const path = join(folder, 'state.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new CommandError(`Cannot read ${path}: ${error.message}`, undefined, 'badInput', error);
  });
  const state = text === undefined ? fresh : parseState(text, path);
  if (state.baseUrl !== fresh.baseUrl) {
    throw new CommandError(
      `${path} is about ${state.baseUrl}, not ${fresh.baseUrl}.`,
      'Give another --folder.',
    );
  }
  return {
    state,
    async save() {
      await mkdir(folder, { recursive: true });
      // Only for its owner: it tells what an account has done.
      await writeFileAtomic(path, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
    },
  };
}

function parseState(text: string, path: string): ConformState {
  try {
    const state = JSON.parse(text);
    if (state.version === 1) return state;
  } catch {
    // Told below.
  }
  throw new CommandError(`${path} is no state of sync3 conform.`, 'Give another --folder.');
}
