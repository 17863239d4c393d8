export { WebhookError, type WebhookErrorCode } from '../errors/webhook-error.js';
export { createDeliveryHandler, type DeliveryHandlerOptions } from './create-delivery-handler.js';
export { createWebhookHandler, type WebhookHandlerOptions } from './create-webhook-handler.js';
export type { Handled } from './handled.js';
export type { WebhookSecret } from './secrets.js';
export { urlFor } from './url-for.js';
