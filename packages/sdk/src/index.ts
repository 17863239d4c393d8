export type { Issue } from './rules/issue.js';
export { validateTask } from './rules/validate-task.js';

// The rules come first: a bundle compresses best in this order.

export { Sync3 } from './client.js';
export { type CodeMeaning, meaningOf } from './codes.js';
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
export { Sync3Error } from './errors/sync3-error.js';
export { TaskFailedError } from './errors/task-failed-error.js';
export { TaskTimeoutError } from './errors/task-timeout-error.js';
export { ValidationError } from './errors/validation-error.js';
export type { BeforeSubmit, Hooks, RequestEvent, TaskName, WarningEvent } from './hooks.js';
export type {
  Estimate,
  EstimateOptions,
  Lipsync,
  RunOptions,
  SubmitOptions,
} from './lipsync.js';
export type { Media, StoredMedia, UploadOptions } from './media.js';
export type { ClientOptions, PollingOptions, RequestOptions } from './options.js';
export type {
  LipsyncFromSegments,
  LipsyncFromText,
  LipsyncFromVoice,
  LipsyncParams,
  MediaSource,
  SegmentParams,
} from './parameters.js';
export type { Outcome, RunAllOptions } from './run-all.js';
export type { LipsyncResult, Task, WaitOptions } from './task.js';
export type { TaskSnapshot, Video, VideoFailure } from './task-state.js';
export type { AttachOptions, TaskDetails, Tasks } from './tasks.js';
