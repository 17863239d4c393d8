import { Sync3, Sync3Error, ValidationError } from '@sync3/sdk';
import { createProxyHandler } from '@sync3/sdk/proxy';
import { createWebhookHandler, urlFor } from '@sync3/sdk/webhooks';
import { Hono } from 'hono';
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

export const application = new Hono();

application.post('/api/sync3', (context) => proxy(context.req.raw));
application.post('/hooks/sync3', (context) => webhook(context.req.raw));

application.post('/sessions', (context) => context.json({ token: startSession() }, 201));

application.use('/jobs/*', async (context, next) => {
  if (!hasSession(context.req.raw)) return context.json({ message: 'Start a session first.' }, 401);
  return next();
});

application.post('/jobs', async (context) => {
  const { video, audio } = Object(await context.req.json().catch(() => undefined));
  const taskUUID = crypto.randomUUID();
  const inputs = { video, audio };
  if (!ownsMedia(context.req.raw, { inputs })) {
    return context.json({ message: 'This file is not yours.' }, 403);
  }
  recordOwner(context.req.raw, taskUUID);
  const webhookURL = await urlFor(`${PUBLIC_URL}/hooks/sync3`, taskUUID);
  await sync3.lipsync.submit({ taskUUID, webhookURL, inputs });
  return context.json({ taskUUID }, 202);
});

application.get('/jobs/:taskUUID', (context) => {
  const taskUUID = context.req.param('taskUUID');
  const job = owns(context.req.raw, taskUUID) && findJob(taskUUID);
  return job ? context.json(job) : context.notFound();
});

application.onError((error, context) => {
  const { message } = error;
  if (ValidationError.is(error)) return context.json({ message, issues: error.issues }, 400);
  if (Sync3Error.is(error)) return context.json({ message, taskUUID: error.taskUUID }, 502);
  console.error(error);
  return context.json({ message: 'Internal Server Error' }, 500);
});
