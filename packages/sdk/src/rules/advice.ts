import type { VideoInferenceTask } from '@sync3/generated';
import { fail } from './check.js';
import type { Issue } from './issue.js';

/**
 * Appends warnings about a task that the schema accepts: legal, and probably not what was meant.
 * Source: the prose of the upstream document.
 */
export function advise(task: VideoInferenceTask, issues: Issue[]): void {
  const warn = (isOdd: unknown, rule: string, path: string, message: string) => {
    if (isOdd) fail(issues, rule, path, message, 'docs', 'warning');
  };
  const { settings = {}, safety = {}, uploadEndpoint, numberResults } = task;

  settings.segments?.forEach(({ startTime, endTime }, index, segments) => {
    const isCovered = segments
      .slice(0, index)
      .some((other) => other.startTime < endTime && startTime < other.endTime);
    const path = `/settings/segments/${index}`;
    warn(isCovered, 'segments-overlap', path, 'It overlaps another.');
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
    'Results overwrite each other.',
  );
}
