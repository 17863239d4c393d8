import type { Job, JobResult } from '../jobs/job.js';
import { errorOf, rowOf } from '../jobs/job-answer.js';
import type { StoredFile } from '../storage/stored-file.js';

/**
 * What a webhook carries: the task object itself, as Runware's own text says (runware-skills,
 * integrate-with-runware), or `{data:[…]}` and `{errors:[…]}`, as applications report to have got.
 */
export type WebhookPayload = 'flat' | 'enveloped';

/**
 * The body of the webhook for one result. It is the row that `getResponse` gives. Whether Runware
 * tells of a failure is not documented; here it does, by a row with the status `error`.
 */
export function webhookPayload(
  shape: WebhookPayload,
  job: Job,
  result: JobResult,
  urlOf: (file: StoredFile) => string,
): string {
  const row = rowOf(job, result, urlOf);
  if (shape === 'flat') return JSON.stringify(row);
  const { outcome } = result;
  if (!outcome || 'file' in outcome) return JSON.stringify({ data: [row] });
  return JSON.stringify({ errors: [errorOf(job, outcome)] });
}
