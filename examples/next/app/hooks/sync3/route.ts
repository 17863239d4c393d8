import { createWebhookHandler } from '@sync3/sdk/webhooks';
import { after } from 'next/server';
import { sync3 } from '../../../server/client.ts';
import { recordFailure, recordVideo } from '../../../server/jobs.ts';

let webhook: ReturnType<typeof createWebhookHandler> | undefined;

export function POST(request: Request): Promise<Response> {
  // Not before, as there is no secret when `next build` evaluates this module.
  webhook ??= createWebhookHandler({
    client: sync3(),
    onVideo: recordVideo,
    onFailure: recordFailure,
    onError: console.warn,
    waitUntil: after,
  });
  return webhook(request);
}
