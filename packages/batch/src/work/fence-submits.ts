import type { LeaseClock } from './lease-clock.js';

/**
 * A `fetch` that sends no job once the leases of this worker are too old: another worker may have the
 * items. It fails then, as without a network, and the submit is tried again.
 */
export function fenceSubmits(fetch: typeof globalThis.fetch, lease: LeaseClock): typeof fetch {
  return async (input, init) => {
    if (isSubmit(init?.body) && !lease.isHeld) {
      throw new Error('Nothing was sent: this worker cannot renew its leases in the database.');
    }
    return fetch(input, init);
  };
}

/** Only jobs name a model. */
function isSubmit(body: unknown): boolean {
  return typeof body === 'string' && body.includes('"model":');
}
