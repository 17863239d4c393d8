import { AuthenticationError, Sync3 } from '@sync3/sdk';
import { createProxyHandler } from '@sync3/sdk/proxy';
import { expectEqual, expectError, expectTrue, rejectionOf } from '../expect.js';
import { sampleJob } from './sample-job.js';

/** A client whose requests go to a proxy in this process, and from there over the network. */
function throughProxy({ urlOf, place }, token) {
  const handler = createProxyHandler({
    apiKey: place.apiKey,
    baseUrl: urlOf('proxied'),
    authorize: (request) => request.headers.get('Authorization') === 'Bearer session-token',
  });
  const seen = [];
  const sync3 = new Sync3({
    baseUrl: 'https://app.example/api/sync3',
    apiKey: token,
    polling: { minIntervalMs: 20, maxIntervalMs: 100 },
    fetch: async (url, init) => {
      const response = await handler(new Request(url, init));
      seen.push(await response.clone().text());
      return response;
    },
  });
  return { sync3, seen };
}

export const proxyChecks = {
  async 'a job runs through the proxy handler, which alone has the key'(bench) {
    const { sync3, seen } = throughProxy(bench, 'session-token');
    const { videos } = await sync3.lipsync.run(sampleJob);
    expectEqual(videos.length, 1, 'The number of videos');
    expectTrue(seen.length > 1, 'The proxy was not asked.');
    expectTrue(!seen.join().includes(bench.place.apiKey), 'The key is in an answer.');
    const arrived = await bench.arrivals('proxied');
    expectTrue(
      arrived.every(({ isAuthorized }) => isAuthorized),
      'A request came without the key.',
    );
  },

  async 'the proxy handler lets nobody in whom the application does not know'(bench) {
    const before = (await bench.arrivals('proxied')).length;
    const { sync3 } = throughProxy(bench, 'wrong-token');
    const error = await rejectionOf(sync3.lipsync.run(sampleJob));
    expectError(error, AuthenticationError);
    expectEqual((await bench.arrivals('proxied')).length, before, 'The number of arrivals');
  },
};
