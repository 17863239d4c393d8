export type { RateLimitOptions } from './account/rate-limit.js';
export type {
  ApplicationContract,
  Break,
  Promised,
  RecordedAnswer,
  RecordedRequest,
} from './application/application-contract.js';
export { type CheckOptions, checkContract } from './application/check-contract.js';
export { distilContract } from './application/distil-contract.js';
export { examineRecords } from './application/examine-records.js';
export {
  type RunBesideOptions,
  type RunBesideServer,
  runBesideServer,
} from './application/run-beside-server.js';
export type { Finding } from './contract/finding.js';
export type { WebhookPayload } from './delivery/payload-form.js';
export type { Fault, FaultTarget } from './faults/fault.js';
export type { FaultPlan } from './faults/fault-plan.js';
export type { Deviation } from './gateway/deviations.js';
export type { FailureForm } from './jobs/failure-form.js';
export type { FinishedVideo, Job, JobResult, Outcome, TimelineEvent } from './jobs/job.js';
export type { Failure } from './jobs/planned-results.js';
export type { RunningResults } from './jobs/running-results.js';
export {
  type AudioFacts,
  inspectMedia,
  type MediaFacts,
  type VideoFacts,
} from './media/inspect-media.js';
export type { MockServerOptions } from './options.js';
export type { Profile } from './profile/profile.js';
export { profileFrom } from './profile/profile-from.js';
export { type Question, questions } from './profile/questions.js';
export { type ProfileName, profileNames, readProfile } from './profile/read-profile.js';
export { type MockServer, startMockServer } from './start-mock-server.js';
export type { MockStats } from './stats.js';
