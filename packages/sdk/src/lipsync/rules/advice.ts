import { defaultNumberResults } from '@sync3/generated/constants';
import { fail, isUuid, nameOf } from '@sync3/generated/rules';
import type { Issue } from '../../errors/issue.js';
import { whyUnreachable } from '../../media/unreachable-url.js';
import { mediaPlaces } from '../media-places.js';

/** What is looked at. A property that the document no longer has is in no task that it accepts. */
interface Advised {
  settings?: { segments?: { startTime: number; endTime: number }[] };
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
  const warn = (isOdd: unknown, rule: string, path: string, message: string) => {
    if (isOdd) fail(issues, rule, path, message, 'docs', 'warning');
  };
  const warnOfUrl = (url: unknown, path: string, isMedia = false) => {
    if (typeof url !== 'string') return;
    const fault = whyUnreachable(url);
    // What the API does with a data URI is unknown.
    if (!fault || (isMedia && (isUuid(url) || /^data:/i.test(url)))) return;
    const remedy = isMedia
      ? `; give a local file as file(path) from @sync3/sdk/node, or as a Blob`
      : '';
    warn(fault, 'unreachable-url', path, `${nameOf(path)} ${fault}${remedy}.`);
  };
  const { settings = {}, safety = {}, webhookURL, uploadEndpoint, numberResults } = task as Advised;

  for (const { holder, name, path } of mediaPlaces(task)) warnOfUrl(holder[name], path, true);
  settings.segments?.forEach(({ startTime, endTime }, index, segments) => {
    const path = `/settings/segments/${index}`;
    const other = segments
      .slice(0, index)
      .findIndex((earlier) => earlier.startTime < endTime && startTime < earlier.endTime);
    const message = `${nameOf(path)} overlaps settings.segments.${other}.`;
    warn(other >= 0, 'segments-overlap', path, message);
  });

  warn(
    // The documentation says that the default mode is "fast" in one place, and "none" in another.
    safety.checkContent ? !safety.mode : safety.mode && safety.mode !== 'none',
    'safety-incomplete',
    '/safety',
    'Set safety.checkContent and safety.mode together.',
  );
  warn(
    uploadEndpoint && (numberResults ?? defaultNumberResults) > 1,
    'upload-endpoint-overwritten',
    '/uploadEndpoint',
    'Each result overwrites the one before at uploadEndpoint: set numberResults to 1.',
  );
  warnOfUrl(webhookURL, '/webhookURL');
  warnOfUrl(uploadEndpoint, '/uploadEndpoint');
}
