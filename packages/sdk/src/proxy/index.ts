export type { AcceptedTask } from './accepted.js';
export { createProxyHandler } from './create-proxy-handler.js';
export type { ProxyOptions } from './proxy-options.js';
export { mediaUUIDsOf, type ProxyTask } from './proxy-task.js';
export type { RestrictionOptions } from './restrictions.js';
