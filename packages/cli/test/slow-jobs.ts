import { createTest } from '@sync3/mock-server/vitest';

const hour = 3_600_000;
let passedMs = 0;

/** A test with a mock server whose jobs take an hour, which is over when `letJobsFinish` says so. */
export const test = createTest({
  jobDurationMs: hour,
  retentionMs: 100 * hour,
  now: () => Date.now() + passedMs,
});

/** Sets the clock of the mock server forward by an hour. */
export function letJobsFinish(): void {
  passedMs += hour;
}
