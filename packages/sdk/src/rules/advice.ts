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
  const { settings = {}, safety = {}, webhookURL = 'https:', uploadEndpoint, numberResults } = task;

  const segments = (settings.segments ?? [])
    .map((segment, index) => ({ ...segment, path: `/settings/segments/${index}` }))
    .sort((a, b) => a.startTime - b.startTime);
  let covered = 0;
  for (const segment of segments) {
    const { startTime, endTime, audioStartTime = 0, audioEndTime = Infinity, path } = segment;
    warn(startTime < covered, 'segments-overlap', path, 'It overlaps an earlier segment.');
    warn(
      audioEndTime <= audioStartTime,
      'audio-range-empty',
      `${path}/audioEndTime`,
      'It is empty.',
    );
    covered = Math.max(covered, endTime);
  }

  warn(
    // The documentation says that the default mode is "fast" in one place, and "none" in another.
    safety.checkContent ? !safety.mode : safety.mode && safety.mode !== 'none',
    'safety-incomplete',
    '/safety',
    'Set checkContent and mode together.',
  );
  warn(!/^https:/i.test(webhookURL), 'webhook-insecure', '/webhookURL', 'Use HTTPS.');
  warn(
    uploadEndpoint && (numberResults ?? 1) > 1,
    'upload-endpoint-overwritten',
    '/uploadEndpoint',
    'Each result overwrites the one before.',
  );
  return issues;
}
