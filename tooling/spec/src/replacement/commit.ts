import { mkdir, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SpecError } from '../spec-error.ts';
import { syncFolder } from './durable.ts';
import type { FileChange, ReplacementPlace } from './file-change.ts';
import { type Journal, readJournal, removeJournal, turnBack, writeJournal } from './journal.ts';
import { lockFolder } from './lock.ts';
import { planReplacement } from './plan.ts';
import { StagedFiles } from './staged-files.ts';
import { hasContent, readTarget } from './target.ts';

/** Told the name of each step before it is taken, so that tests can interrupt there. */
type OnStep = (name: string) => void | Promise<void>;

/**
 * Completes a replacement that was interrupted before, if there is one, then replaces the files.
 * Killed before the journal is written it leaves all files as they were; killed later it leaves a
 * journal, with which the next call completes or undoes the replacement.
 *
 * @throws {SpecError} when nothing was replaced, with the file and the reason.
 */
export async function commit(
  changes: readonly FileChange[],
  place: ReplacementPlace,
  onStep: OnStep = () => {},
): Promise<void> {
  await mkdir(place.staging, { recursive: true });
  const lock = lockFolder(place.staging);
  try {
    await onStep('lock');
    const replacement = new Replacement(place, onStep);
    await replacement.finishInterrupted();
    await replacement.begin(changes);
  } finally {
    lock.close();
  }
}

class Replacement {
  readonly #root: string;
  readonly #staging: string;
  readonly #staged: StagedFiles;
  readonly #onStep: OnStep;

  constructor({ root, staging }: ReplacementPlace, onStep: OnStep) {
    this.#root = root;
    this.#staging = staging;
    this.#staged = new StagedFiles(staging);
    this.#onStep = onStep;
  }

  async begin(changes: readonly FileChange[]): Promise<void> {
    const journal = await planReplacement(changes, this.#root);
    if (journal.changes.length === 0) return;
    await this.#onStep('stage');
    await this.#staged.write(journal);
    await this.#onStep('write the journal');
    await writeJournal(this.#staging, journal);
    await this.#goForward(journal, [...journal.changes.keys()]);
  }

  async finishInterrupted(): Promise<void> {
    const found = await readJournal(this.#staging);
    if (!found) return this.#staged.remove();
    const { journal, direction } = found;
    const [replaced, others]: [number[], number[]] = [[], []];
    for (const [index, { path, content, expected }] of journal.changes.entries()) {
      const target = await readTarget(this.#root, path);
      if (!hasContent(target, content) && !hasContent(target, expected)) {
        throw new SpecError(
          `${path} was changed after an update of it was interrupted. Restore it with ` +
            `"git checkout", or delete ${this.#staging} to forget that update, and run this again.`,
        );
      }
      (hasContent(target, content) ? replaced : others).push(index);
    }
    await this.#staged.write(journal);
    // With no file replaced, leaving it so is all or nothing too, and surprises nobody later.
    if (direction === 'back' || replaced.length === 0) await this.#goBack(journal, replaced);
    else await this.#goForward(journal, others);
  }

  /** @param missing the indexes of the changes that are still to be made. */
  async #goForward(journal: Journal, missing: number[]): Promise<void> {
    const replaced = [...journal.changes.keys()].filter((index) => !missing.includes(index));
    let current = '';
    try {
      for (const folder of journal.newFolders) {
        current = folder;
        await mkdir(join(this.#root, folder), { recursive: true });
      }
      for (const index of missing) {
        current = journal.changes[index]?.path ?? '';
        await this.#onStep(`replace ${index}`);
        await this.#staged.place(journal, index, 'new', join(this.#root, current));
        replaced.push(index);
      }
    } catch (error) {
      const reason = `${current} could not be replaced: ${(error as Error).message}.`;
      await turnBack(this.#staging);
      await this.#goBack(journal, replaced).catch((second: Error) => {
        throw new SpecError(
          `${reason} Nor could the others be put back: ${second.message}. The next run tries again.`,
        );
      });
      throw new SpecError(`${reason} All files are as they were.`);
    }
    await this.#end(journal);
  }

  /** @param replaced the indexes of the changes that are to be undone. */
  async #goBack(journal: Journal, replaced: number[]): Promise<void> {
    for (const index of replaced) {
      await this.#onStep(`put back ${index}`);
      const path = journal.changes[index]?.path ?? '';
      await this.#staged.place(journal, index, 'old', join(this.#root, path));
    }
    for (const folder of journal.newFolders.toReversed()) {
      // One that was not made, or that holds a file of someone else, is left alone.
      await rmdir(join(this.#root, folder)).catch(() => {});
    }
    await this.#end(journal);
  }

  async #end({ changes, newFolders }: Journal): Promise<void> {
    await this.#onStep('make it durable');
    const paths = [...changes.map(({ path }) => path), ...newFolders];
    const folders = new Set(paths.map((path) => dirname(join(this.#root, path))));
    await Promise.all([...folders].map(syncFolder));
    await this.#onStep('remove the journal');
    await removeJournal(this.#staging);
    await this.#onStep('clean up');
    await this.#staged.remove();
  }
}
