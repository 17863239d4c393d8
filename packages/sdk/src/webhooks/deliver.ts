import type { Sync3 } from '../client.js';
import { WebhookError } from '../errors/webhook-error.js';
import type { TaskSnapshot, Video, VideoFailure } from '../task-state.js';
import type { Delivery } from './admit.js';
import { failureIds, failuresId, type Handled, videoId } from './handled.js';
import type { Once } from './once.js';
import type { Claim } from './payload.js';

/** What a delivery meets. */
export interface Receiver {
  client: Pick<Sync3, 'tasks'>;
  onVideo: (video: Video) => unknown;
  onFailure?: ((failure: VideoFailure & { taskUUID: string }) => unknown) | undefined;
  handled: Handled;
  once: Once;
}

/**
 * Asks the API what has become of the task, and hands on every result that has not been handed on
 * before. The delivery itself is only the occasion: nothing it claims is believed, since whoever has
 * seen the URL can send one.
 *
 * @returns why the delivery has to be repeated; nothing when it need not.
 */
export async function deliver(
  { client, onVideo, onFailure, handled, once }: Receiver,
  { taskUUID, claims }: Delivery,
): Promise<WebhookError[]> {
  const refuse = (status: number, message: string, cause?: unknown) =>
    new WebhookError(message, { status, taskUUID, cause });

  let snapshot: TaskSnapshot;
  try {
    snapshot = await client.tasks.status(taskUUID);
  } catch (cause) {
    return [refuse(503, 'The API did not tell about the task.', cause)];
  }
  const { videos } = snapshot;
  const failures = onFailure ? snapshot.failures : [];
  const ids = failureIds(taskUUID, failures);
  const results = [
    ...videos.map((video) => ({
      id: videoId(taskUUID, video.videoUUID),
      handOn: () => onVideo(video),
    })),
    ...failures.map((failure, index) => ({
      id: `${ids[index]}`,
      handOn: () => onFailure?.({ ...failure, taskUUID }),
    })),
  ];
  const errors: WebhookError[] = [];
  // Together: one that is slow or fails must not keep the others waiting.
  await Promise.all(
    results.map(({ id, handOn }) =>
      once(id, handOn).catch((cause) => {
        errors.push(refuse(500, `The result ${id} could not be handled.`, cause));
      }),
    ),
  );
  if (errors.length > 0) return errors;
  if (failures.length > 0) await once(failuresId(taskUUID), () => {});
  for (const claim of claims) {
    if (isShown(claim, snapshot)) continue;
    if (await wasHandled(claim, taskUUID, handled)) continue;
    return [refuse(503, `The API does not show the ${claim.kind} that was announced.`)];
  }
  return [];
}

/** Failures are not told apart: nothing in a delivery identifies one. */
function isShown({ kind, videoUUID }: Claim, { videos, failures }: TaskSnapshot): boolean {
  if (kind === 'failure') return failures.length > 0;
  if (kind === 'result') return videos.length + failures.length > 0;
  return videos.some((video) => video.videoUUID.toLowerCase() === videoUUID);
}

/**
 * Whether a result that the API does not show any more was confirmed and handed on earlier.
 *
 * A failure may soon leave the API's answers (third parties have seen it), which then look as if the
 * task had never been. If it was handed on while it was there, a repeated delivery is answered
 * with 200: repeating it once more would bring nothing. If it was not, it is answered with 503 as long
 * as Runware repeats it, as it may only not be visible yet, and told to `onError` each time. It is
 * never handed to `onFailure` on the word of the delivery alone: a false failure makes an application
 * submit, and pay, again, while a true one that is told late costs nothing. `getTaskDetails` is no
 * help: what it has kept may be the refusal of a second submit.
 */
async function wasHandled(claim: Claim, taskUUID: string, handled: Handled): Promise<boolean> {
  if (claim.kind === 'failure') return handled.has(failuresId(taskUUID));
  return claim.kind === 'video' && handled.has(videoId(taskUUID, claim.videoUUID));
}
