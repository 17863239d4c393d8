/** Does tasks one after another, in the order they came in. A task that fails stops no other. */
export class SerialQueue {
  #last: Promise<void> = Promise.resolve();

  /**
   * Adds a task.
   *
   * @param task - what to do when its turn comes
   * @param signal - takes a task out that still waits; one that runs has to watch the signal itself
   * @returns the task's result
   * @throws the signal's reason when it is aborted while the task waits
   */
  add<Result>(task: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const giveUp = (): void => reject(signal.reason);
      if (signal.aborted) return giveUp();
      signal.addEventListener('abort', giveUp, { once: true });
      this.#last = this.#last.then(async () => {
        if (signal.aborted) return;
        signal.removeEventListener('abort', giveUp);
        await task().then(resolve, reject);
      });
    });
  }

  /** Resolves when everything added so far is done. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
