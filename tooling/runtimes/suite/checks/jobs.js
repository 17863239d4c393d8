import { expectEqual, expectTrue } from '../expect.js';
import { sampleJob } from './sample-job.js';

export const jobChecks = {
  async 'a job with URLs as inputs runs to its video'({ client, place }) {
    const { video, audio } = place.media;
    const updates = [];
    const { videos, failures, taskUUID } = await client('mock').lipsync.run(
      { inputs: { video, audio }, includeCost: true },
      { onUpdate: ({ status }) => updates.push(status) },
    );
    expectEqual(failures, [], 'The list of failures');
    expectEqual(videos.length, 1, 'The number of videos');
    const [{ url, cost, ...row }] = videos;
    expectEqual(row.taskUUID, taskUUID, 'The taskUUID of the video');
    expectTrue(/^http:\/\/127\.0\.0\.1:\d+\/files\/.+\.mp4$/.test(url), `The URL is ${url}.`);
    expectTrue(cost > 0, `The cost is ${cost}.`);
    expectEqual(updates.at(-1), 'settled', 'The last update');
  },

  async 'of two results one fails, and both are told'({ client }) {
    const params = { ...sampleJob, numberResults: 2 };
    const { videos, failures } = await client('half').lipsync.run(params);
    expectEqual(videos.length, 1, 'The number of videos');
    expectEqual(
      failures.map(({ code }) => code),
      ['timeoutProvider'],
      'The codes of the failures',
    );
  },
};
