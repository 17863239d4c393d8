/**
 * Remembers which results have been handed to `onVideo` and `onFailure`. A `Set` will do, and so will
 * an object in front of a database; the README has one for Redis and one for PostgreSQL.
 *
 * An id is one line of lower-case text without control characters, at most 2,000 bytes long:
 * `<taskUUID>/<videoUUID>`, or `<taskUUID>/failure` and what tells one failure from another.
 *
 * Several processes that share a store need `claim` and `release`, or two deliveries of one result
 * that arrive at once in two of them both call `onVideo`.
 */
export interface Handled {
  /** Asked before the callback, after `claim`; `true` leaves the result out. */
  has(id: string): boolean | Promise<boolean>;
  /** Called after the callback has succeeded, and awaited. Adding an id again must do no harm. */
  add(id: string): unknown;
  /**
   * Takes the result for the caller in one atomic step, as Redis `SET … NX PX` or SQL
   * `insert … on conflict` do: `true` for one caller only, and `false` for every other until `release`
   * or until the claim has run out. Once the id has been added, either answer will do.
   *
   * A claim is a lease: it must end by itself, or a process that dies between `claim` and `add` loses
   * the result. A lease that is shorter than a callback takes lets a second process call it; one that
   * is longer than the API repeats a delivery loses the result of a process that died. 30 s is
   * sensible. Meanwhile other processes answer 503, so that the API repeats the delivery.
   */
  claim?(id: string): boolean | Promise<boolean>;
  /**
   * Gives up a claim of this process when the callback or `add` has failed, so that the next delivery
   * need not wait until the claim runs out. It must not remove what `add` has put there. When it fails
   * itself, the claim runs out.
   */
  release?(id: string): unknown;
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
