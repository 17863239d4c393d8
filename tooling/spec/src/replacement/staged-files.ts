import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, writeDurably } from './durable.ts';
import type { Journal } from './journal.ts';

/** The contents of a replacement as files, so that putting one in its place is a rename. */
export class StagedFiles {
  readonly #folder: string;

  constructor(staging: string) {
    this.#folder = join(staging, 'files');
  }

  /** Writes every new content, and every old one in case the replacement is undone. */
  async write({ changes }: Journal): Promise<void> {
    await this.remove();
    await mkdir(this.#folder);
    for (const [index, { content, expected, mode }] of changes.entries()) {
      if (content !== null) await writeDurably(this.#path(index, 'new'), content, mode);
      if (expected !== null) await writeDurably(this.#path(index, 'old'), expected, mode);
    }
    await syncFolder(this.#folder);
  }

  /** Puts the new or the old content of a change in its place; deletes what has none. */
  async place({ changes }: Journal, index: number, which: 'new' | 'old', path: string) {
    const change = changes[index];
    const content = which === 'new' ? change?.content : change?.expected;
    if (content === null) await rm(path);
    else await rename(this.#path(index, which), path);
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #path(index: number, which: 'new' | 'old'): string {
    return join(this.#folder, `${index}.${which}`);
  }
}
