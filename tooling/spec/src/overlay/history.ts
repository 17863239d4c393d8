import { type Path, printPath, valueAt } from './json-path.ts';
import type { Action } from './read-overlay.ts';

/** What the actions so far have done to the document: tells what is upstream's from what is ours. */
export class History {
  readonly #copies: { source: Path; target: Path; value: unknown }[] = [];
  readonly #additions = new Map<string, string>();

  /** Takes note of an action that is about to be applied. */
  record(document: unknown, action: Action): void {
    const { target } = action;
    if (action.kind === 'copy') {
      const value = structuredClone(valueAt(document, action.source));
      this.#copies.push({ source: action.source, target, value });
    }
    if (action.kind === 'update' && !Array.isArray(valueAt(document, target))) {
      for (const name of Object.keys(action.value as object)) {
        this.#additions.set(printPath([...target, name]), action.where);
      }
    }
  }

  /** File and line of the action that added what stands at a path. */
  additionAt(path: Path): string | undefined {
    return this.#additions.get(printPath(path));
  }

  /** What an action copied from exactly this place. */
  copiesFrom(path: Path): unknown[] {
    const text = printPath(path);
    return this.#copies.filter(({ source }) => printPath(source) === text).map((c) => c.value);
  }

  /** Where upstream has what stands at a path now, if an action copied it there. */
  upstreamPath(path: Path): Path {
    return this.#copies.reduceRight<Path>((current, { source, target }) => {
      const isBelow = target.every((part, index) => part === current[index]);
      return isBelow ? [...source, ...current.slice(target.length)] : current;
    }, path);
  }
}
