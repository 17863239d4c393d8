import { setTimeout as sleep } from 'node:timers/promises';

/** Most requests in a second that ask how jobs stand, of all workers of a batch together. */
export const pollsPerSecond = 40;

/**
 * A `fetch` that sends `getResponse` no oftener than allowed; what is too early waits its turn. Many
 * jobs share a request, so that this bites only where a server takes no lists, or after a crash.
 *
 * @param perSecond how many requests are allowed just now.
 */
export function limitPolls(fetch: typeof globalThis.fetch, perSecond: () => number): typeof fetch {
  let nextAt = 0;
  return async (input, init) => {
    if (isPoll(init?.body)) {
      const now = performance.now();
      const at = Math.max(now, nextAt);
      nextAt = at + 1000 / perSecond();
      const options = init?.signal ? { signal: init.signal } : {};
      if (at > now) await sleep(at - now, undefined, options);
    }
    return fetch(input, init);
  };
}

function isPoll(body: unknown): boolean {
  return typeof body === 'string' && body.includes('"taskType":"getResponse"');
}
