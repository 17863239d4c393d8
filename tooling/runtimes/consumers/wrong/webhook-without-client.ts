// expect: Property 'client' is missing
import { createWebhookHandler } from '@sync3/sdk/webhooks';

export const handler = createWebhookHandler({ onVideo: ({ url }) => url });
