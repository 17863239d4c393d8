import { Sync3 } from '@sync3/sdk';

/**
 * What the checks work with: clients of the scenarios that the servers play, and what arrived there.
 *
 * @param place where the servers are: see `Place` in `src/place.ts`.
 */
export function createBench(place) {
  const urlOf = (scenario) => place.urls[scenario] ?? place.baseUrl.replace('SCENARIO', scenario);
  return {
    place,
    urlOf,
    /** A client whose only partner plays a scenario; it does not wait long between two polls. */
    client: (scenario, options = {}) =>
      new Sync3({
        baseUrl: urlOf(scenario),
        apiKey: place.apiKey,
        polling: { minIntervalMs: 20, maxIntervalMs: 100 },
        ...options,
      }),
    /** Every request that has reached a scenario. */
    async arrivals(scenario) {
      const response = await fetch(place.arrivalsUrl.replace('SCENARIO', scenario));
      return response.json();
    },
  };
}
