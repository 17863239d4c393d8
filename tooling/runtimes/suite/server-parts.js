// What the web application of the browser test uses of the installed package.
export { toNodeListener } from '@sync3/sdk/node';
export { createProxyHandler } from '@sync3/sdk/proxy';
