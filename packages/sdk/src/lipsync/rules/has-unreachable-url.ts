import { urlPaths } from '@sync3/generated/constants';
import { isObject } from '@sync3/generated/rules';
import { whyUnreachable } from '../../media/unreachable-url.js';

/** Whether a task holds a URL that no API can fetch. It makes no objects: this runs for every task. */
export function hasUnreachableUrl(task: unknown): boolean {
  for (const path of urlPaths) if (isUnreachableAt(task, path, 0)) return true;
  return false;
}

function isUnreachableAt(value: unknown, path: readonly string[], depth: number): boolean {
  const name = path[depth];
  if (name === undefined) return typeof value === 'string' && whyUnreachable(value) !== undefined;
  if (name !== '[]') return isObject(value) && isUnreachableAt(value[name], path, depth + 1);
  if (!Array.isArray(value)) return false;
  for (const item of value) if (isUnreachableAt(item, path, depth + 1)) return true;
  return false;
}
