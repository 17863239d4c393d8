import { mediaPaths, urlPaths } from '@sync3/generated/constants';
import { isUuid, localFile, nameOf } from '@sync3/generated/rules';
import type { Issue } from '../../errors/issue.js';
import { whyUnreachable } from '../../media/unreachable-url.js';
import { visitPlaces } from '../visit-places.js';
import { warn } from './warn.js';

/** Appends a warning for each URL of a task that no API can fetch. */
export function warnOfUnreachableUrls(task: unknown, issues: Issue[]): void {
  const look = (paths: readonly (readonly string[])[], remedy: string) => {
    const warnAt = (url: unknown, path: string) => {
      const fault = typeof url === 'string' && whyUnreachable(url);
      // A stored file is no URL. What the API does with a data URI is unknown.
      if (!fault || (remedy && (isUuid(url) || /^data:/i.test(url)))) return;
      warn(issues, 'unreachable-url', path, `${nameOf(path)} ${fault}${remedy}.`);
    };
    for (const names of paths) visitPlaces(names, task, warnAt);
  };
  look(mediaPaths, `; ${localFile}`);
  look(urlPaths, '');
}
