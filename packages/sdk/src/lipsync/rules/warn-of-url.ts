import { isUuid, type Key, localFile, nameOf, type Place, pointerOf } from '@sync3/generated/rules';
import { whyUnreachable } from '../../media/unreachable-url.js';
import { warn } from './warn.js';

/**
 * Appends a warning of a URL that no API can fetch.
 *
 * @param isMedia it may also be a stored file or a data URI.
 */
export function warnOfUrl(url: string, at: Place, key: Key, isMedia: boolean): void {
  const fault = whyUnreachable(url);
  // What the API does with a data URI is unknown.
  if (!fault || (isMedia && (isUuid(url) || /^data:/i.test(url)))) return;
  const path = pointerOf(at, key);
  const remedy = isMedia ? `; ${localFile}` : '';
  warn(at.issues, 'unreachable-url', path, `${nameOf(path)} ${fault}${remedy}.`);
}
