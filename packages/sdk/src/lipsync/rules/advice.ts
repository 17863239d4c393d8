import { defaultNumberResults } from '@sync3/generated/constants';
import { fail, isUuid, localFile, nameOf } from '@sync3/generated/rules';
import type { Issue } from '../../errors/issue.js';
import { whyUnreachable } from '../../media/unreachable-url.js';
import { mediaPlaces } from '../media-places.js';

/** What is looked at. A property that the document no longer has is in no task that it accepts. */
interface Advised {
  inputs: Media;
  settings?: { segments?: (Media & { startTime: number; endTime: number })[] };
  safety?: { checkContent?: boolean; mode?: string };
  webhookURL?: string;
  uploadEndpoint?: string;
  numberResults?: number;
}

/**
 * Appends warnings about a task that the schema accepts: legal, and probably not what was meant.
 * Source: the prose of the upstream document.
 */
export function advise(task: object, issues: Issue[]): void {
  const {
    inputs,
    settings = {},
    safety,
    webhookURL,
    uploadEndpoint,
    numberResults,
  } = task as Advised;
  const segments = settings.segments ?? [];
  // Nearly all media can be reached: their places are named only where some cannot.
  if ([inputs, ...segments].some(({ video, audio }) => isOdd(video) || isOdd(audio))) {
    for (const { holder, name, path } of mediaPlaces(task)) {
      warnOfUrl(issues, holder[name], path, `; ${localFile}`);
    }
  }
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
  warnOfUrl(issues, webhookURL, '/webhookURL');
  warnOfUrl(issues, uploadEndpoint, '/uploadEndpoint');
}

interface Media {
  video?: string;
  audio?: string;
}

function isOdd(url: unknown): boolean {
  return typeof url === 'string' && whyUnreachable(url) !== undefined;
}

/** @param remedy for media, which may also be a stored file or a data URI. */
function warnOfUrl(issues: Issue[], url: unknown, path: string, remedy = ''): void {
  const fault = typeof url === 'string' && whyUnreachable(url);
  // What the API does with a data URI is unknown.
  if (!fault || (remedy && (isUuid(url) || /^data:/i.test(url)))) return;
  warn(issues, 'unreachable-url', path, `${nameOf(path)} ${fault}${remedy}.`);
}

function warn(issues: Issue[], rule: string, path: string, message: string): void {
  fail(issues, rule, path, message, 'docs', 'warning');
}
