import { Sync3, Sync3Error, ValidationError } from '@sync3/sdk';
import { createProxyHandler } from '@sync3/sdk/proxy';
import { createWebhookHandler, urlFor } from '@sync3/sdk/webhooks';
import { findJob, recordFailure, recordJob, recordVideo } from './jobs.ts';
import { mayDo, owns, ownsMedia, recordAccepted, recordOwner } from './owners.ts';
import { hasSession, startSession } from './sessions.ts';

/** Where Runware can reach this application: in production an HTTPS URL of yours. */
const { PORT = '3000', PUBLIC_URL = `http://127.0.0.1:${PORT}` } = process.env;

/** Recorded before the first byte is sent: whatever happens then, the job is known. */
const sync3 = new Sync3({ beforeSubmit: ({ taskUUID }) => void recordJob(taskUUID) });

const proxy = createProxyHandler({
  authenticate: hasSession,
  authorize: mayDo,
  onAccepted: recordAccepted,
  onError: console.warn,
});

const webhook = createWebhookHandler({
  client: sync3,
  onVideo: recordVideo,
  onFailure: recordFailure,
  onError: console.warn,
});

export async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const route = `${request.method} ${pathname}`;
  if (pathname === '/api/sync3') return proxy(request);
  if (pathname === '/hooks/sync3') return webhook(request);
  if (route === 'POST /sessions') return Response.json({ token: startSession() }, { status: 201 });

  const [, taskUUID] = /^GET \/jobs\/([^/]+)$/.exec(route) ?? [];
  if (!taskUUID && route !== 'POST /jobs') return refuse(404, 'There is no such route.');
  if (!hasSession(request)) return refuse(401, 'Start a session first.');
  if (!taskUUID) return submitJob(request);
  const job = owns(request, taskUUID) && findJob(taskUUID);
  return job ? Response.json(job) : refuse(404, 'There is no such job.');
}

async function submitJob(request: Request): Promise<Response> {
  const { video, audio } = Object(await request.json().catch(() => undefined));
  const taskUUID = crypto.randomUUID();
  const inputs = { video, audio };
  if (!ownsMedia(request, { inputs })) return refuse(403, 'This file is not yours.');
  recordOwner(request, taskUUID);
  const webhookURL = await urlFor(`${PUBLIC_URL}/hooks/sync3`, taskUUID);
  try {
    await sync3.lipsync.submit({ taskUUID, webhookURL, inputs });
    return Response.json({ taskUUID }, { status: 202 });
  } catch (error) {
    if (!Sync3Error.is(error)) throw error;
    const { message } = error;
    if (ValidationError.is(error)) return refuse(400, error.message, { issues: error.issues });
    return refuse(502, message, { taskUUID });
  }
}

function refuse(status: number, message: string, details = {}): Response {
  return Response.json({ message, ...details }, { status });
}
