// A Worker whose one client, made outside of every request, serves all of them.

import { env } from 'cloudflare:workers';
import { Sync3 } from '@sync3/sdk';
import { sampleJob } from './checks/sample-job.js';

const { baseUrl, apiKey } = env;
const polling = { minIntervalMs: 20, maxIntervalMs: 100 };
const sync3 = new Sync3({ baseUrl, apiKey, polling });

export default {
  async fetch() {
    const { videos } = await sync3.lipsync.run(sampleJob, { timeoutMs: 5000 });
    return Response.json(videos.length);
  },
};
