import { isObject } from '@sync3/generated/rules';
import type { Redact } from '../wire/redaction.js';

export { keyRemover, withoutKey } from '../wire/redaction.js';

/** A copy of a JSON value with the key in no text and no name: parsed, no escape can hide it. */
export function redactJson(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((element) => redactJson(element, redact));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [redact(name), redactJson(held, redact)]),
  );
}
