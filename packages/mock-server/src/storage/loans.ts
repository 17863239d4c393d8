import type { StoredFile } from './stored-file.js';

/** A file that stays where it is until it is given back. */
export interface Loan {
  path: string;
  /** Gives the same for the same contents, as far as that is known; may have to read the file. */
  contents(): Promise<string>;
  giveBack(): Promise<void>;
}

/** Who has borrowed which files. */
export class Loans {
  readonly #counts = new Map<StoredFile, number>();

  isLent(file: StoredFile): boolean {
    return this.#counts.has(file);
  }

  /** @param onReturn called when nobody has the file any more. */
  lend(file: StoredFile, onReturn: () => Promise<void>): Loan {
    this.#counts.set(file, this.#countOf(file) + 1);
    const giveBack = async (): Promise<void> => {
      const left = this.#countOf(file) - 1;
      if (left > 0) {
        this.#counts.set(file, left);
        return;
      }
      this.#counts.delete(file);
      await onReturn();
    };
    // A stored file never gets other contents.
    return { path: file.path, contents: async () => file.uuid, giveBack };
  }

  #countOf(file: StoredFile): number {
    return this.#counts.get(file) ?? 0;
  }
}
