import { isObject } from '../rules/check.js';

/** Takes the key out of a text. */
export type Redact = (text: string) => string;

/** Not ASCII, as keys are: it neither holds a key, nor makes one with what stands beside it. */
const mark = '•••';
/** Of causes. */
const deepest = 5;

/** Takes a key out of texts, as it is and as it stands in JSON and in URLs. */
export function keyRemover(apiKey: string): Redact {
  const forms = [apiKey, JSON.stringify(apiKey).slice(1, -1), encodeURIComponent(apiKey)];
  const distinct = new Set(forms.filter((form) => form !== ''));
  return (text) => [...distinct].reduce((clean, form) => clean.replaceAll(form, mark), text);
}

/** A copy of a JSON value with the key in no text and no name: parsed, no escape can hide it. */
export function redactJson(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((element) => redactJson(element, redact));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [redact(name), redactJson(held, redact)]),
  );
}

/**
 * A copy of an error for logs: name, message, code, stack and causes. Whatever else an error may
 * hold is left behind, so that the key cannot be in it.
 */
export function withoutKey(error: unknown, redact: Redact, depth = 0): Error {
  const { name = 'Error', message = error, stack, code, cause } = Object(error);
  const copy = new Error(redact(String(message)));
  copy.name = redact(String(name));
  copy.stack = redact(String(stack ?? copy));
  if (code !== undefined) Object.assign(copy, { code: redact(String(code)) });
  if (cause !== undefined && depth < deepest) copy.cause = withoutKey(cause, redact, depth + 1);
  return copy;
}
