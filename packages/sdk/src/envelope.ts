import type { ErrorDetail } from '@sync3/generated';
import { isObject, type JsonObject } from './rules/check.js';

/** The rows and errors of a response, whatever its HTTP status. */
export interface Envelope {
  data: JsonObject[];
  errors: ErrorDetail[];
}

/**
 * Reads a response body. Tolerant where the API is known to vary: either key may be absent, `errors`
 * may stand beside `data`, and older servers send a single `error` (docs.runware.ai,
 * how-to-connect).
 *
 * @returns `undefined` when the body is not an envelope: HTML, cut JSON, `null`, a list, nothing.
 */
export function readEnvelope(body: string): Envelope | undefined {
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
    errors: [...asList(errors), ...asList(error)].map(readError),
  };
}

/** An error as the API sends it: an object, or in older answers only a sentence. */
export function readError(error: unknown): ErrorDetail {
  if (!isObject(error)) return { code: 'unknownError', message: String(error) };
  const { code, message } = error;
  return {
    ...error,
    code: typeof code === 'string' ? code : 'unknownError',
    message: typeof message === 'string' ? message : 'The API gave no reason',
  };
}

function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}
