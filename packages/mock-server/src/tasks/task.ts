import type { Account } from '../account/account.js';
import type { Caller } from '../authenticate.js';
import type { RunwareError } from '../contract/runware-error.js';
import type { Fault } from '../faults/fault.js';
import type { AnswerOptions } from '../jobs/job-answer.js';
import type { JobStore } from '../jobs/job-store.js';
import type { MediaReader } from '../media/media-reader.js';
import type { Profile } from '../profile/profile.js';
import { Refusal } from '../refusal.js';
import type { MockStats } from '../stats.js';
import type { MediaStore } from '../storage/media-store.js';

/** One element of a request that keeps to the document. */
export type Task = Record<string, unknown> & { taskType: string; taskUUID: string };

/** What tasks act on: all that a server keeps. */
export interface TaskWorld extends AnswerOptions {
  /** What it answers where the API's documents are silent. */
  profile: Profile;
  jobs: JobStore;
  media: MediaStore;
  /** Reads inputs beforehand, for their price. */
  reader: MediaReader;
  account: Account;
  stats: MockStats;
}

/** What a request says besides its tasks. */
export interface TaskRequest {
  caller: Caller;
  /** `X-Runware-Dry-Run: 1`: nothing is run, stored or charged. */
  isDryRun: boolean;
  fault: Fault | undefined;
}

/** What a task adds to the answer. `errors` are answers too: a task that is refused throws. */
export interface TaskAnswer {
  data: object[];
  errors?: RunwareError[];
  /** HTTP status for an answer in which every task has one: the tasks were refused or have failed. */
  refusedWith?: number;
}

/** @throws {Refusal} 403: the key may only ask. */
export function assertMayWrite({ isReadOnly }: Caller): void {
  if (!isReadOnly) return;
  const message = 'This API key may neither submit jobs nor store media. Use another one.';
  throw new Refusal(403, 'insufficientPermissions', message);
}
