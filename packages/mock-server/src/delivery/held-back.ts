/** Longest that a webhook is held back, in ms. */
const longestMs = 2_000;

/** Webhooks that wait for another one to overtake them. */
export class HeldBack {
  readonly #releases = new Set<() => void>();

  /** Waits until `releaseAll`, or for 2 s. */
  async hold(): Promise<void> {
    await new Promise<void>((resolve) => {
      const release = () => {
        clearTimeout(timer);
        this.#releases.delete(release);
        resolve();
      };
      const timer = setTimeout(release, longestMs);
      this.#releases.add(release);
    });
  }

  releaseAll(): void {
    for (const release of this.#releases) release();
  }
}
