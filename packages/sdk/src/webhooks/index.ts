export { WebhookError } from '../errors/webhook-error.js';
export { createWebhookHandler, type WebhookHandlerOptions } from './create-webhook-handler.js';
export type { Handled } from './handled.js';
export { urlFor } from './url-for.js';
