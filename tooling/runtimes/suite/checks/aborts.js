import { AbortError } from '@sync3/sdk';
import { expectEqual, expectError, expectTrue, rejectionOf } from '../expect.js';
import { sampleJob } from './sample-job.js';

export const abortChecks = {
  async 'an abort ends a wait at once, and tells the taskUUID'({ client, arrivals }) {
    const controller = new AbortController();
    // The next look is a minute away: who waits for it to end is too late.
    const polling = { minIntervalMs: 60_000, maxIntervalMs: 60_000 };
    const { lipsync } = client('endless', { polling });
    const task = await lipsync.submit(sampleJob);
    const waiting = task.wait({ signal: controller.signal });
    setTimeout(() => controller.abort(new Error('the reason')), 50);
    const error = await rejectionOf(waiting);
    expectError(error, AbortError);
    expectEqual(error.taskUUID, task.taskUUID, 'The taskUUID of the error');
    expectEqual(error.cause.message, 'the reason', 'The message of the cause');
    const [submit] = await arrivals('endless');
    expectEqual(submit.taskUUIDs, [task.taskUUID], 'The list of submitted UUIDs');
  },

  async 'an abort ends an upload at once, and no more of the file is read'({ client }) {
    const controller = new AbortController();
    let steps = 0;
    const uploading = client('deaf').media.upload(new Blob([new Uint8Array(30_000_000)]), {
      signal: controller.signal,
      onProgress: () => steps++,
    });
    setTimeout(() => controller.abort(), 200);
    expectError(await rejectionOf(uploading), AbortError);
    const stepsBefore = steps;
    await new Promise((resolve) => setTimeout(resolve, 300));
    // One piece may have been under way.
    const further = steps - stepsBefore;
    expectTrue(further <= 1, `After the abort there were ${further} more steps.`);
  },
};
