import { defaultNumberResults } from '@sync3/generated/constants';
import { nameOf } from '@sync3/generated/rules';
import type { Issue } from '../../errors/issue.js';
import { warn } from './warn.js';

/** What is looked at. A property that the document no longer has is in no task that it accepts. */
interface Advised {
  settings?: { segments?: { startTime: number; endTime: number }[] };
  safety?: { checkContent?: boolean; mode?: string };
  uploadEndpoint?: string;
  numberResults?: number;
}

/**
 * Appends warnings about a task that the schema accepts: legal, and probably not what was meant.
 * Source: the prose of the upstream document.
 */
export function advise(task: object, issues: Issue[]): void {
  const { settings, safety, uploadEndpoint, numberResults } = task as Advised;
  const segments = settings?.segments ?? [];
  let latestEnd = 0;
  segments.forEach(({ startTime, endTime }, index) => {
    if (startTime < latestEnd) {
      const path = `/settings/segments/${index}`;
      const other = segments
        .slice(0, index)
        .findIndex((earlier) => earlier.startTime < endTime && startTime < earlier.endTime);
      const message = `${nameOf(path)} overlaps settings.segments.${other}.`;
      if (other >= 0) warn(issues, 'segments-overlap', path, message);
    }
    latestEnd = Math.max(latestEnd, endTime);
  });

  // The documentation says that the default mode is "fast" in one place, and "none" in another.
  if (safety && (safety.checkContent ? !safety.mode : safety.mode && safety.mode !== 'none')) {
    const message = 'Set safety.checkContent and safety.mode together.';
    warn(issues, 'safety-incomplete', '/safety', message);
  }
  if (uploadEndpoint && (numberResults ?? defaultNumberResults) > 1) {
    const message =
      'Each result overwrites the one before at uploadEndpoint: set numberResults to 1.';
    warn(issues, 'upload-endpoint-overwritten', '/uploadEndpoint', message);
  }
}
