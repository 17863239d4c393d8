export { createProxyHandler, type ProxyOptions } from './create-proxy-handler.js';
