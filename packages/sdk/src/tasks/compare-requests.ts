import { isObject, isUuid, type JsonObject } from '@sync3/generated/rules';
import { asList } from '../wire/untrusted-json.js';

/** How a result is named and delivered, which does not make it another result. */
const delivery =
  /^(taskType|taskUUID|model|deliveryMethod|webhookURL|uploadEndpoint|ttl|includeCost)$/;

/**
 * Whether a task asks for the same result as the one that the API has archived under its UUID.
 *
 * @param details the row of `getTaskDetails`. After a refused second submit it may be about that one;
 *   then nothing can be known.
 * @returns `undefined` when it cannot be known.
 */
export function compareRequests(
  task: object,
  details: JsonObject | undefined,
): boolean | undefined {
  const { request, response } = details ?? {};
  const archived = asList(request).find((other) => Object(other)['inputs']);
  const isRefusal = JSON.stringify(response ?? '').includes('conflictTaskUUID');
  if (!isObject(archived) || isRefusal) return undefined;
  if (!includes(resultOf(archived), resultOf(task), nameOfFile)) return false;
  return includes(resultOf(task), resultOf(archived), (value) => value) || undefined;
}

function resultOf(task: object): JsonObject {
  return Object.fromEntries(Object.entries(task).filter(([name]) => !delivery.test(name)));
}

/** Whether everything in `part` stands in `whole`, in which the API may have filled in defaults. */
function includes(whole: unknown, part: unknown, read: (value: unknown) => unknown): boolean {
  if (typeof part !== 'object' || typeof whole !== 'object') return read(part) === read(whole);
  const names = Object.keys(Object(part));
  if (Array.isArray(part) && names.length !== Object(whole).length) return false;
  return names.every((name) => includes(Object(whole)[name], Object(part)[name], read));
}

/** Two uploads of a file have two UUIDs, and two presigned URLs of it have two signatures. */
function nameOfFile(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (isUuid(value)) return 'uploaded';
  return /^https?:/i.test(value) ? value.split('?')[0] : value;
}
