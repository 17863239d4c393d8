export type { Finding } from './contract/finding.js';
export type { Fault, FaultPlan, FaultTarget } from './faults.js';
export type { Job, JobResult, TimelineEvent } from './jobs/job.js';
export {
  type AudioFacts,
  inspectMedia,
  type MediaFacts,
  type VideoFacts,
} from './media/inspect-media.js';
export type { MockServerOptions } from './options.js';
export { type MockServer, startMockServer } from './start-mock-server.js';
export type { MockStats } from './stats.js';
