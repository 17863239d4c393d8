import { isObject, type JsonObject } from './rules/check.js';
import { isUuid } from './rules/media-reference.js';
import { asList } from './untrusted-json.js';

/** How a result is delivered and named, which does not make it another result. */
const delivery = new Set([
  'taskType',
  'taskUUID',
  'model',
  'deliveryMethod',
  'webhookURL',
  'uploadEndpoint',
  'ttl',
  'includeCost',
]);

/**
 * Whether a task asks for the same result as the one that the API has archived under its UUID.
 *
 * @param details the row of `getTaskDetails`. After a refused second submit its response is that
 *   refusal, and its request may be the second one; then nothing can be known.
 * @returns `undefined` when it cannot be known.
 */
export function compareRequests(
  task: object,
  details: JsonObject | undefined,
): boolean | undefined {
  const { request, response } = details ?? {};
  if (JSON.stringify(response ?? '').includes('conflictTaskUUID')) return undefined;
  const { taskUUID } = task as { taskUUID: string };
  const archived = asList(request)
    .filter(isObject)
    .find((other) => `${other['taskUUID']}`.toLowerCase() === taskUUID.toLowerCase());
  if (!archived) return undefined;
  const verdicts = Object.entries(task)
    .filter(([name]) => !delivery.has(name))
    .map(([name, value]) => compare(value, archived[name]));
  const isMore = Object.keys(archived).some((name) => !delivery.has(name) && !(name in task));
  return all(isMore ? [...verdicts, undefined] : verdicts);
}

/** The API may have filled in defaults, so what only the archive has decides nothing. */
function compare(given: unknown, archived: unknown): boolean | undefined {
  if (isObject(given) && isObject(archived)) {
    const isMore = Object.keys(archived).some((name) => given[name] === undefined);
    const verdicts = Object.keys(given).map((name) => compare(given[name], archived[name]));
    return all(isMore ? [...verdicts, undefined] : verdicts);
  }
  if (Array.isArray(given) && Array.isArray(archived)) {
    if (given.length !== archived.length) return false;
    return all(given.map((value, index) => compare(value, archived[index])));
  }
  if (given === archived) return true;
  return isSameFile(given, archived) ? undefined : false;
}

/** Two uploads of a file have two UUIDs, and two presigned URLs of it have two signatures. */
function isSameFile(given: unknown, archived: unknown): boolean {
  if (typeof given !== 'string' || typeof archived !== 'string') return false;
  if (isUuid(given) && isUuid(archived)) return true;
  const [path] = given.split('?');
  return URL.canParse(given) && path === archived.split('?')[0];
}

function all(verdicts: (boolean | undefined)[]): boolean | undefined {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}
