export type { AcceptedTask } from './accepted.js';
export { createProxyHandler, type ProxyOptions } from './create-proxy-handler.js';
export { mediaUUIDsOf, type ProxyTask } from './proxy-task.js';
