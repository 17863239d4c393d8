import type { JobStore } from './jobs/job-store.js';

/** What a mock server has counted since it started. */
export interface MockStats {
  /** POSTs to the API. */
  requests: number;
  /** `videoInference` tasks that kept to the document, accepted or not. */
  submits: number;
  /** `getResponse` tasks. */
  polls: number;
  /** Submits refused because their UUID was in use. */
  conflicts: number;
  /** `videoInference` tasks that were only priced; no submits. */
  dryRuns: number;
  /**
   * Jobs that were accepted, and so paid for: those that succeeded, those that failed, and those
   * that are under way.
   */
  charged: number;
  /** Jobs whose results have all settled, with at least one video. */
  succeeded: number;
  /** Jobs whose results have all settled, without any video. */
  failed: number;
  /** Results that became a video. */
  resultsSucceeded: number;
  /** Results that failed. */
  resultsFailed: number;
  /** Webhooks that were accepted with 2xx; one that a fault repeats counts once. */
  webhooks: number;
  /** Files stored. */
  uploads: number;
  /** Faults that struck a request, planned or by chance. */
  faults: number;
  /** Responses that broke the document: faults of the mock server, or of the API behind it. */
  violations: number;
  /** Properties of the API's responses that the document does not describe. */
  unknownFields: number;
}

export function createStats(): MockStats {
  return {
    requests: 0,
    submits: 0,
    polls: 0,
    conflicts: 0,
    dryRuns: 0,
    charged: 0,
    succeeded: 0,
    failed: 0,
    resultsSucceeded: 0,
    resultsFailed: 0,
    webhooks: 0,
    uploads: 0,
    faults: 0,
    violations: 0,
    unknownFields: 0,
  };
}

/** Keeps count of what becomes of jobs. */
export function countOutcomes(stats: MockStats, { events }: JobStore): void {
  events.on('settled', (_, { outcome }) => {
    if (outcome && 'file' in outcome) stats.resultsSucceeded += 1;
    else stats.resultsFailed += 1;
  });
  events.on('finished', ({ state }) => {
    if (state === 'success') stats.succeeded += 1;
    else stats.failed += 1;
  });
}
