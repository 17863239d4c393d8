import type { WebhookPayload } from '../delivery/payload-form.js';
import type { FailureForm } from '../jobs/failure-form.js';
import type { RunningResults } from '../jobs/running-results.js';

/**
 * What the API does where its documents are silent. Each property is one open question; the values
 * of `questions` say what its answers mean and which decision rests on it.
 */
export interface Profile {
  /** HTTP status of an answer in which some tasks were refused and others were served. */
  mixedStatus: 200 | 400;
  /** HTTP status of an answer in which every task breaks the document or repeats a UUID. */
  refusalStatus: 200 | 400;
  /** Whether several `getResponse` tasks in one request are answered. */
  pollLists: 'answered' | 'refused';
  /** Whether several jobs in one request are accepted. */
  submitLists: 'accepted' | 'refused';
  /** What `getResponse` says of a UUID that was never submitted: no row, or an error. */
  unknownTask: 'empty' | 'taskNotFound';
  /** What becomes of a second submit with the UUID of a job that runs; `accepted` is charged again. */
  repeatWhileRunning: 'refused' | 'accepted';
  /** What becomes of a second submit with the UUID of a finished job; `accepted` is charged again. */
  repeatAfterCompletion: 'refused' | 'accepted';
  /** The `status` of an acknowledgement. */
  acknowledgementStatus: 'absent' | 'processing';
  /** Whether an authentication task is answered by a row of its own over HTTP. */
  authenticationRow: 'told' | 'absent';
  /** Whether results that are not ready have a row, when several were asked for. */
  runningResults: RunningResults;
  /** How `getResponse` tells of a job that failed. */
  failureForm: FailureForm;
  /** Whether a result that failed is paid for. */
  failedResults: 'free' | 'charged';
  /** What `getTaskDetails` tells after a refused second submit: that refusal, or the result. */
  archivedResponse: 'refusal' | 'result';
  /** What a webhook carries. */
  webhookPayload: WebhookPayload;
  /** Whether a webhook tells of a result that failed. */
  failureWebhooks: 'sent' | 'none';
  /** Whether rows of a job with an `uploadEndpoint` keep their `videoURL`. */
  uploadedRow: 'videoURL';
  /** Whether the answer to a dry run names a price. */
  dryRun: 'priced' | 'unpriced';
  /** Whether `boundingBoxes` takes `null` for a frame without a face. */
  nullBoxes: 'refused' | 'accepted';
  /** Whether segments may overlap. */
  overlappingSegments: 'accepted' | 'refused';
  /** Whether an input may be a data URI. */
  dataURIInputs: 'accepted' | 'refused';
  /** Whether the model's former identifier, `sync:3@0`, is taken for it. */
  formerIdentifier: 'refused' | 'accepted';
  /** HTTP status of the URL of a video whose `ttl` is over. */
  expiredURLStatus: 403 | 404 | 410;
}
