import { createProxyHandler } from '@sync3/sdk/proxy';
import { after } from 'next/server';
import { mayDo, recordAccepted } from '../../../server/owners.ts';
import { hasSession } from '../../../server/sessions.ts';

let proxy: ReturnType<typeof createProxyHandler> | undefined;

export function POST(request: Request): Promise<Response> {
  // Not before, as there is no key when `next build` evaluates this module.
  proxy ??= createProxyHandler({
    authenticate: hasSession,
    authorize: mayDo,
    onAccepted: recordAccepted,
    onError: console.warn,
    waitUntil: after,
  });
  return proxy(request);
}
