import { Sync3Error, ValidationError } from '@sync3/sdk';
import { urlFor } from '@sync3/sdk/webhooks';
import { sync3 } from '../../server/client.ts';
import { ownsMedia, recordOwner } from '../../server/owners.ts';
import { hasSession } from '../../server/sessions.ts';

/** Where Runware can reach this application: in production an HTTPS URL of yours. */
const { PORT = '3000', PUBLIC_URL = `http://127.0.0.1:${PORT}` } = process.env;

export async function POST(request: Request): Promise<Response> {
  if (!hasSession(request)) {
    return Response.json({ message: 'Start a session first.' }, { status: 401 });
  }
  const { video, audio } = Object(await request.json().catch(() => undefined));
  const taskUUID = crypto.randomUUID();
  const inputs = { video, audio };
  if (!ownsMedia(request, { inputs })) {
    return Response.json({ message: 'This file is not yours.' }, { status: 403 });
  }
  recordOwner(request, taskUUID);
  const webhookURL = await urlFor(`${PUBLIC_URL}/hooks/sync3`, taskUUID);
  try {
    await sync3().lipsync.submit({ taskUUID, webhookURL, inputs });
    return Response.json({ taskUUID }, { status: 202 });
  } catch (error) {
    if (!Sync3Error.is(error)) throw error;
    const { message } = error;
    if (!ValidationError.is(error)) return Response.json({ message, taskUUID }, { status: 502 });
    return Response.json({ message, issues: error.issues }, { status: 400 });
  }
}
