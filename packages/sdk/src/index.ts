export type { Issue } from './errors/issue.js';
export { validateTask } from './lipsync/rules/validate-task.js';

// The rules come first: a bundle compresses best in this order.

export { Sync3 } from './client.js';
export { AbortError } from './errors/abort-error.js';
export {
  ApiError,
  AuthenticationError,
  InsufficientCreditsError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
} from './errors/api-error.js';
export { ConflictError } from './errors/conflict-error.js';
export { ConnectionError, TimeoutError } from './errors/connection-error.js';
export { type DescribedFailure, describeFailure } from './errors/describe-failure.js';
export { Sync3Error } from './errors/sync3-error.js';
export { TaskFailedError } from './errors/task-failed-error.js';
export { TaskTimeoutError } from './errors/task-timeout-error.js';
export { ValidationError } from './errors/validation-error.js';
export type { BeforeSubmit, Hooks, RequestEvent, TaskName, WarningEvent } from './hooks.js';
export type { Lipsync } from './lipsync/lipsync.js';
export type {
  LipsyncFromSegments,
  LipsyncFromText,
  LipsyncFromVoice,
  LipsyncParams,
  MediaSource,
  SegmentParams,
} from './lipsync/parameters.js';
export type { Media, StoredMedia, UploadOptions } from './media/media.js';
export type { ClientOptions, PollingOptions, RequestOptions } from './options.js';
export type { LipsyncResult, TaskSnapshot, Video, VideoFailure } from './results.js';
export type { Outcome, RunAllOptions } from './tasks/run-all.js';
export type {
  Estimate,
  EstimateOptions,
  RunOptions,
  SubmitOptions,
} from './tasks/submit-options.js';
export type { Task, WaitOptions } from './tasks/task.js';
export type { AttachOptions, TaskDetails, Tasks } from './tasks/tasks.js';
export { type CodeMeaning, isPassing, meaningOf } from './wire/codes.js';
