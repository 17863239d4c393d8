/**
 * Remembers which results have been handed to `onVideo` and `onFailure`. A `Set` will do, and so will
 * an object in front of a database table. An id is at most a few hundred characters of lower-case
 * text: `<taskUUID>/<videoUUID>`, or `<taskUUID>/failure/<position>`.
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

export function failureId(taskUUID: string, position: number): string {
  return `${taskUUID}/failure/${position}`.toLowerCase();
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
