import { createProxyHandler } from '@sync3/sdk/proxy';
import { after } from 'next/server';
import { hasSession } from '../../../server/sessions.ts';

let proxy: ReturnType<typeof createProxyHandler> | undefined;

export function POST(request: Request): Promise<Response> {
  // Not before, as there is no key when `next build` evaluates this module. A real application also
  // looks at the tasks in `authorize`: what they cost, and whose jobs they are about.
  proxy ??= createProxyHandler({
    authenticate: hasSession,
    authorize: hasSession,
    onError: console.warn,
    waitUntil: after,
  });
  return proxy(request);
}
