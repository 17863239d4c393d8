import type { ErrorDetail } from '@sync3/generated';
import { isObject, type JsonObject } from './rules/check.js';

/** The rows and errors of a response, whatever its HTTP status. */
export interface Envelope {
  data: JsonObject[];
  errors: ErrorDetail[];
}

/** Takes the API key out of a text. */
export type Redact = (text: string) => string;

/**
 * Reads a response body. Tolerant where the API is known to vary: either key may be absent, `errors`
 * may stand beside `data`, and older servers send a single `error` (docs.runware.ai,
 * how-to-connect).
 *
 * @returns `undefined` when the body is not an envelope: HTML, cut JSON, `null`, a list, nothing.
 */
export function readEnvelope(body: string, redact: Redact): Envelope | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isObject(json)) return undefined;
  const { data, errors, error } = json;
  if (data === undefined && errors === undefined && error === undefined) return undefined;
  return {
    data: asList(data).filter(isObject),
    errors: [...asList(errors), ...asList(error)].map((each) => readError(each, redact)),
  };
}

/**
 * An error as the API sends it: an object, or in older answers only a sentence. A server may repeat
 * the key that it refuses; what tells whose error it is stays as it came.
 */
export function readError(error: unknown, redact: Redact): ErrorDetail {
  const json = JSON.stringify(isObject(error) ? error : { message: error }, (key, value) =>
    typeof value === 'string' && key !== 'taskUUID' ? redact(value) : value,
  );
  const { code, message, ...others } = JSON.parse(json);
  return {
    ...others,
    code: typeof code === 'string' ? code : 'unknownError',
    message: typeof message === 'string' ? message : 'The API gave no reason',
  };
}

function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value ? [value] : [];
}
