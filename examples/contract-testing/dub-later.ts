import { join } from 'node:path';
import type { Sync3 } from '@sync3/sdk';
import { saveVideo } from '@sync3/sdk/node';
import { createWebhookHandler, urlFor } from '@sync3/sdk/webhooks';
import type { Clip } from './dub-clips.ts';

/** Where Runware tells of results, and the secret that proves it is Runware; at least 16 characters. */
export interface Hook {
  url: string;
  secret: string;
}

/**
 * Submits a clip and does not wait: its result comes to the hook.
 *
 * @returns the taskUUID.
 */
export async function dubLater(sync3: Sync3, { video, audio }: Clip, hook: Hook): Promise<string> {
  const taskUUID = crypto.randomUUID();
  const webhookURL = await urlFor(hook.url, taskUUID, { secret: hook.secret });
  await sync3.lipsync.submit({ taskUUID, webhookURL, inputs: { video, audio } });
  return taskUUID;
}

/** Serves the hook: each result is saved once, named after its task. */
export function createHook(
  sync3: Sync3,
  { secret }: Pick<Hook, 'secret'>,
  folder: string,
): (request: Request) => Promise<Response> {
  return createWebhookHandler({
    client: sync3,
    secret,
    onVideo: (video) => saveVideo(video, join(folder, `${video.taskUUID}.mp4`)),
  });
}
