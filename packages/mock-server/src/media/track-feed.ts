/** Feeds one track of an output file, one packet or chunk at a time. */
export interface TrackFeed {
  /**
   * Adds the next packet or chunk.
   *
   * @returns where on the timeline the track has got to, in seconds; `null` when it is complete
   */
  addNext(): Promise<number | null>;
  /** Frees what the feed holds. Called once, also after a failure. */
  close(): Promise<void>;
}

/**
 * Feeds several tracks side by side, always the one that is furthest behind, so that the container
 * is well interleaved and its writer never has to hold one track back for another.
 *
 * @param feeds - the tracks
 * @param onProgress - told with each packet or chunk
 * @param signal - stops before the next packet
 */
export async function feedTracks(
  feeds: readonly TrackFeed[],
  onProgress: () => void,
  signal?: AbortSignal,
): Promise<void> {
  try {
    const open = new Map(feeds.map((feed) => [feed, -Infinity]));
    while (open.size > 0) {
      signal?.throwIfAborted();
      const [feed] = [...open].reduce((left, right) => (right[1] < left[1] ? right : left));
      const position = await feed.addNext();
      onProgress();
      if (position === null) open.delete(feed);
      else open.set(feed, position);
    }
  } finally {
    await Promise.all(feeds.map((feed) => feed.close()));
  }
}
