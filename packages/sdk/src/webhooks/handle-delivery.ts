import { WebhookError } from '../errors/webhook-error.js';
import type { TaskSnapshot, Video, VideoFailure } from '../results.js';
import type { Announcement } from './payload.js';
import type { Delivery } from './read-delivery.js';
import { failureIds, failuresId, videoId } from './result-ids.js';
import type { Result, ResultStore } from './result-store.js';
import type { AskStatus } from './status-questions.js';

/** The application's callbacks. */
export interface Callbacks {
  onVideo: (video: Video) => unknown;
  onFailure?: ((failure: VideoFailure & { taskUUID: string }) => unknown) | undefined;
}

/** Everything that a delivery is handled with. */
export interface DeliveryContext extends Callbacks {
  askStatus: AskStatus;
  store: ResultStore;
}

/**
 * Asks the API what has become of the task, and hands on every result that has not been handed on
 * before. The delivery itself is only the occasion: nothing it announces is believed, since everyone
 * who has seen the URL can send one.
 *
 * @returns why the delivery has to be repeated; nothing when it need not.
 */
export async function handleDelivery(
  context: DeliveryContext,
  { taskUUID, spelledTaskUUID, announcements }: Delivery,
): Promise<WebhookError[]> {
  const { askStatus, store } = context;
  let snapshot: TaskSnapshot;
  try {
    snapshot = inOneSpelling(await askStatus(taskUUID, spelledTaskUUID), taskUUID);
  } catch (cause) {
    return [
      new WebhookError(`The API did not tell about task ${taskUUID}.`, {
        code: 'statusUnknown',
        advice: 'The API repeats the delivery; see to the cause if it stays so.',
        taskUUID,
        cause,
      }),
    ];
  }
  const outcomes = await Promise.allSettled(
    // Together: one that is slow or fails must not keep the others waiting.
    resultsOf(context, taskUUID, snapshot).map((result) => store.handleOnce(result)),
  );
  const errors = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as WebhookError] : [],
  );
  if (errors.length > 0) return errors;
  if (context.onFailure && snapshot.failures.length > 0) {
    await store.mark(failuresId(taskUUID), taskUUID);
  }
  for (const announcement of announcements) {
    if (isShown(announcement, snapshot)) continue;
    if (await wasHandled(announcement, taskUUID, store)) continue;
    return [notConfirmed(announcement, taskUUID)];
  }
  return [];
}

/**
 * With the UUID of the task as applications know it: the snapshot has it as the URL spells it, also in
 * the `videoUUID` of videos to which the API gave none.
 */
function inOneSpelling(snapshot: TaskSnapshot, taskUUID: string): TaskSnapshot {
  const videos = snapshot.videos.map((video) => ({
    ...video,
    taskUUID,
    videoUUID: video.videoUUID.replace(snapshot.taskUUID, taskUUID),
  }));
  return { ...snapshot, taskUUID, videos };
}

function resultsOf(
  { onVideo, onFailure }: Callbacks,
  taskUUID: string,
  { videos, failures }: TaskSnapshot,
): Result[] {
  const ids = failureIds(taskUUID, failures);
  return [
    ...videos.map((video) => ({
      id: videoId(taskUUID, video.videoUUID),
      taskUUID,
      handOn: () => onVideo(video),
    })),
    ...(onFailure ? failures : []).map((failure, index) => ({
      id: `${ids[index]}`,
      taskUUID,
      handOn: () => onFailure?.({ ...failure, taskUUID }),
    })),
  ];
}

function notConfirmed({ kind }: Announcement, taskUUID: string): WebhookError {
  return new WebhookError(`The API does not show the ${kind} that was announced for ${taskUUID}.`, {
    code: 'notConfirmed',
    advice: 'The API repeats the delivery; if this goes on, ask for it with tasks.status().',
    taskUUID,
  });
}

/** Failures are not told apart: nothing in a delivery identifies one. */
function isShown({ kind, videoUUID }: Announcement, { videos, failures }: TaskSnapshot): boolean {
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
async function wasHandled(
  { kind, videoUUID }: Announcement,
  taskUUID: string,
  store: ResultStore,
): Promise<boolean> {
  if (kind === 'failure') return store.wasHandled(failuresId(taskUUID), taskUUID);
  return kind === 'video' && store.wasHandled(videoId(taskUUID, videoUUID), taskUUID);
}
