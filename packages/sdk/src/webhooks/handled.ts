import type { VideoFailure } from '../task-state.js';

/**
 * Remembers which results have been handed to `onVideo` and `onFailure`. A `Set` will do, and so will
 * an object in front of a database table. An id is at most a few hundred characters of lower-case
 * text: `<taskUUID>/<videoUUID>`, or `<taskUUID>/failure` and what tells one failure from another.
 */
export interface Handled {
  /** Asked before the callback; `true` leaves the result out. */
  has(id: string): boolean | Promise<boolean>;
  /** Called after the callback has succeeded, and awaited. */
  add(id: string): unknown;
}

export function videoId(taskUUID: string, videoUUID: string): string {
  return `${taskUUID}/${videoUUID}`.toLowerCase();
}

/** Says that every failure of the task that the API showed has been handed on. */
export function failuresId(taskUUID: string): string {
  return `${taskUUID}/failure`.toLowerCase();
}

/** Characters of a failure's words that its id holds. */
const longestWords = 200;

/**
 * The ids of failures, to which the API gives none: by what they say, and those that say the same by
 * their number. Positions would not do: a result that is listed first may fail last.
 */
export function failureIds(taskUUID: string, failures: readonly VideoFailure[]): string[] {
  const counts = new Map<string, number>();
  return failures.map(({ code, message }) => {
    const words = `${code}/${message}`.slice(0, longestWords);
    const count = counts.get(words) ?? 0;
    counts.set(words, count + 1);
    return `${failuresId(taskUUID)}/${count}/${words}`.toLowerCase();
  });
}

/** The most recent ids, in memory. */
export function createRecentIds(capacity = 10_000): Handled {
  const ids = new Set<string>();
  return {
    has: (id) => ids.has(id),
    add(id) {
      ids.add(id);
      // A set keeps the order in which ids came.
      const [oldest] = ids;
      if (ids.size > capacity && oldest !== undefined) ids.delete(oldest);
    },
  };
}
