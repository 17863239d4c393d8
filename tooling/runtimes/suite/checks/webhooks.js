import { createWebhookHandler, urlFor } from '@sync3/sdk/webhooks';
import { expectEqual } from '../expect.js';
import { sampleJob } from './sample-job.js';

const secret = 'a secret for the tests of webhooks';
const endpoint = 'https://app.example/hooks/lipsync?tenant=7';

function delivery(url, taskUUID, videoUUID) {
  const row = { taskType: 'videoInference', taskUUID, status: 'success', videoUUID };
  return new Request(url, { method: 'POST', body: JSON.stringify(row) });
}

export const webhookChecks = {
  async 'a webhook is confirmed and handed on once'({ client }) {
    const sync3 = client('webhooks');
    const taskUUID = crypto.randomUUID();
    const webhookURL = await urlFor(endpoint, taskUUID, { secret });
    expectEqual(new URL(webhookURL).searchParams.get('tenant'), '7', 'The own query');
    await sync3.lipsync.run({ ...sampleJob, taskUUID, webhookURL });
    const { videos } = await sync3.tasks.status(taskUUID);

    const received = [];
    const handler = createWebhookHandler({
      client: sync3,
      secret,
      onVideo: (video) => received.push(video),
    });
    const { videoUUID } = videos[0];
    const first = await handler(delivery(webhookURL, taskUUID, videoUUID));
    const again = await handler(delivery(webhookURL, taskUUID, videoUUID));
    expectEqual([first.status, again.status], [200, 200], 'The list of answers');
    expectEqual(received, videos, 'The list of videos that were handed on');
  },

  async 'a webhook without a valid token is refused'({ client }) {
    const taskUUID = crypto.randomUUID();
    const handler = createWebhookHandler({
      client: client('webhooks'),
      secret,
      onVideo: () => {
        throw new Error('It was handed on.');
      },
    });
    const otherSecret = await urlFor(endpoint, taskUUID, { secret: `${secret}!` });
    const otherTask = await urlFor(endpoint, crypto.randomUUID(), { secret });
    const stolen = new URL(otherTask);
    stolen.searchParams.set('sync3_task', taskUUID);
    for (const url of [endpoint, otherSecret, stolen.href]) {
      const { status } = await handler(delivery(url, taskUUID, taskUUID));
      expectEqual(status, 401, `The answer to ${url}`);
    }
  },
};
