import { randomUUID } from 'node:crypto';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyPostgres } from '../../../batch/test/database/fresh-database.ts';
import { media, temporaryFolder } from '../command.ts';

/** A folder with `talk.mp4` and `line.wav`. */
export function batchFolder(): string {
  const folder = temporaryFolder();
  copyFileSync(media.video, join(folder, 'talk.mp4'));
  copyFileSync(media.audio, join(folder, 'line.wav'));
  return folder;
}

/** What an item of the tests is about. */
export const inputs = { video: 'talk.mp4', audio: 'line.wav' };

/** Items `clip-1`, `clip-2` and so on, each with a key that no other test has. */
export function clips(count: number): { key: string; output: string; inputs: typeof inputs }[] {
  return Array.from({ length: count }, (_, index) => ({
    key: randomUUID(),
    output: `clip-${index + 1}`,
    inputs,
  }));
}

/** Writes `clips.jsonl`. */
export function writeJsonl(folder: string, items: readonly unknown[]): void {
  const lines = items.map((item) => `${JSON.stringify(item)}\n`);
  writeFileSync(join(folder, 'clips.jsonl'), lines.join(''));
}

/** The lines of an output, in order of the alphabet. */
export function sortedLines(text: string): string[] {
  return text.trimEnd().split('\n').sort();
}

/**
 * The environment of commands whose ledger is in a new PostgreSQL database. Such a command takes half of
 * the time of one that starts PGlite: it is for tests that are not about the place of the ledger.
 */
export async function postgresLedger() {
  return { SYNC3_DATABASE_URL: await copyPostgres() };
}
