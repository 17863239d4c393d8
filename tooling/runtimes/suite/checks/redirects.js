import { Sync3Error } from '@sync3/sdk';
import { expectEqual, expectTrue, rejectionOf } from '../expect.js';
import { sampleJob } from './sample-job.js';

async function expectNothingLanded({ arrivals }) {
  expectTrue((await arrivals('redirecting')).length > 0, 'Nothing was redirected.');
  expectEqual(await arrivals('landing'), [], 'The list of what followed the redirect');
}

export const redirectChecks = {
  async 'a redirect of a submit is not followed'(bench) {
    const { lipsync } = bench.client('redirecting', { maxRetries: 0 });
    const error = await rejectionOf(lipsync.submit(sampleJob));
    if (!Sync3Error.is(error)) throw error;
    await expectNothingLanded(bench);
  },

  async 'a redirect of an upload is not followed'(bench) {
    const { media } = bench.client('redirecting', { maxRetries: 0 });
    const error = await rejectionOf(media.upload(new Blob([new Uint8Array(300_000)])));
    if (!Sync3Error.is(error)) throw error;
    await expectNothingLanded(bench);
  },
};
