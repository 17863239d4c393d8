// expect: Property 'authorize' is missing
import { createProxyHandler } from '@sync3/sdk/proxy';

export const handler = createProxyHandler({ apiKey: 'key' });
