import type { VideoInferenceTask } from '@sync3/generated';
import type { Issue } from './issue.js';

/**
 * Warnings about a task that the schema accepts: legal, and probably not what was meant.
 * Source: the prose of the upstream document.
 */
export function advice(task: VideoInferenceTask): Issue[] {
  const issues: Issue[] = [];
  const warn = (isOdd: unknown, rule: string, path: string, message: string) => {
    if (isOdd) issues.push({ rule, path, message, severity: 'warning', origin: 'docs' });
  };
  const { settings = {}, safety = {}, uploadEndpoint, numberResults } = task;

  (settings.segments ?? []).forEach((segment, index, segments) => {
    const path = `/settings/segments/${index}`;
    const { startTime, endTime } = segment;
    const isCovered = segments.some(
      (other, place) => place < index && other.startTime < endTime && startTime < other.endTime,
    );
    warn(isCovered, 'segments-overlap', path, 'It overlaps an earlier segment.');
  });

  warn(
    // The documentation says that the default mode is "fast" in one place, and "none" in another.
    safety.checkContent ? !safety.mode : safety.mode && safety.mode !== 'none',
    'safety-incomplete',
    '/safety',
    'Set checkContent and mode together.',
  );
  warn(
    uploadEndpoint && (numberResults ?? 1) > 1,
    'upload-endpoint-overwritten',
    '/uploadEndpoint',
    'Each result overwrites the one before.',
  );
  return issues;
}
