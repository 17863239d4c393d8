import { isDeepStrictEqual } from 'node:util';
import type { Queries } from '../database/database.js';
import type { PageContent } from './page-content.js';
import type { SectionReaders } from './read-content.js';

/** Sections that have changed, or why they cannot be read now. */
export type ContentChange = { content: Partial<PageContent> } | { problem: string };

/** Least time between two reads of a section, in ms. */
const intervalMs = 1_000;
/**
 * A section rests for so many times as long as it took to read, so that the page of a large batch takes
 * a twentieth of the database's time for each section at most.
 */
const restFactor = 20;

interface Section {
  value: unknown;
  /** When it may be read again, in ms of the monotonic clock. */
  dueAt: number;
}

/** Reads the sections of the page regularly while somebody watches, once for all who watch. */
export class ContentFeed {
  readonly #listeners = new Set<(change: ContentChange) => void>();
  readonly #sections = new Map<keyof PageContent, Section>();
  readonly #queries: Queries;
  readonly #readers: SectionReaders;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #problem = '';

  constructor(queries: Queries, readers: SectionReaders) {
    this.#queries = queries;
    this.#readers = readers;
  }

  /**
   * Tells all that is known at once, and from then on what changes.
   *
   * @returns a function that ends it.
   */
  watch(listener: (change: ContentChange) => void): () => void {
    const known = [...this.#sections].map(([name, { value }]) => [name, value]);
    if (known.length > 0) listener({ content: Object.fromEntries(known) });
    this.#listeners.add(listener);
    this.readSoon();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) clearTimeout(this.#timer);
    };
  }

  /** Reads all sections that are due at once, as after an action. */
  readSoon(): void {
    if (this.#reading || this.#listeners.size === 0) return;
    clearTimeout(this.#timer);
    this.#reading = this.#readDue().finally(() => {
      this.#reading = undefined;
      if (this.#listeners.size === 0) return;
      this.#timer = setTimeout(() => this.readSoon(), intervalMs);
    });
  }

  /** Ends all that is read. */
  async close(): Promise<void> {
    this.#listeners.clear();
    clearTimeout(this.#timer);
    await this.#reading;
  }

  async #readDue(): Promise<void> {
    const content: Record<string, unknown> = {};
    try {
      for (const name of Object.keys(this.#readers) as (keyof PageContent)[]) {
        if (this.#listeners.size === 0) return;
        const known = this.#sections.get(name);
        const begun = performance.now();
        if (known && begun < known.dueAt) continue;
        const value = await this.#readers[name](this.#queries);
        const ended = performance.now();
        this.#sections.set(name, { value, dueAt: ended + restFactor * (ended - begun) });
        if (!isDeepStrictEqual(value, known?.value)) content[name] = value;
      }
      if (this.#problem) this.#tell({ problem: '' });
      this.#problem = '';
    } catch (error) {
      this.#problem = (error as Error).message;
      this.#tell({ problem: this.#problem });
    }
    if (Object.keys(content).length > 0) this.#tell({ content });
  }

  #tell(change: ContentChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
