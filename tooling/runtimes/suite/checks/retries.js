import { expectEqual } from '../expect.js';
import { sampleJob } from './sample-job.js';

/** The UUIDs of the jobs that were submitted, one for each time. */
function submitted(arrivals) {
  return arrivals
    .filter(({ taskTypes }) => taskTypes.includes('videoInference'))
    .flatMap(({ taskUUIDs }) => taskUUIDs);
}

export const retryChecks = {
  async 'a submit that is answered 503 is sent again, with the same taskUUID'({
    client,
    arrivals,
  }) {
    const { taskUUID, videos } = await client('busy-once').lipsync.run(sampleJob);
    expectEqual(videos.length, 1, 'The number of videos');
    const submits = submitted(await arrivals('busy-once'));
    expectEqual(submits, [taskUUID, taskUUID], 'The list of submits');
  },

  // Some runtimes send a POST again by themselves when the connection that they reused is lost. The
  // second one is refused as a conflict, although nobody but this client has used the UUID.
  async 'a submit that is accepted but not answered runs to its video'({ client, arrivals }) {
    const sync3 = client('lost-answer');
    // Leaves a connection to be used again.
    await sync3.tasks.status(crypto.randomUUID());
    const { taskUUID, videos } = await sync3.lipsync.run(sampleJob);
    expectEqual(videos.length, 1, 'The number of videos');
    const submits = submitted(await arrivals('lost-answer'));
    expectEqual([...new Set(submits)], [taskUUID], 'The set of submitted UUIDs');
  },
};
