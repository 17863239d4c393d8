import type { Job, JobResult } from '../jobs/job.js';
import { errorOf, rowOf } from '../jobs/job-answer.js';
import type { StoredFile } from '../storage/stored-file.js';
import type { WebhookPayload } from './payload-form.js';

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
