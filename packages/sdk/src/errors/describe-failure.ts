import type { ErrorDetail } from '@sync3/generated';
import { textOf } from '../untrusted-json.js';

/** An error of the API in its own words, with what the provider said. */
export function describeFailure(error: ErrorDetail, status?: number): string {
  const { code, message, responseContent } = error;
  const place = status === undefined ? code : `${code}, HTTP ${status}`;
  const said = responseContent ? `: ${textOf(responseContent).slice(0, 500)}` : '';
  return `${message} (${place})${said}`;
}

/** The beginning of a body that is not in the API's form, on one line. */
export function quoted(raw: string): string {
  const text = raw.slice(0, 200).replace(/\s+/g, ' ').trim();
  return text && `: "${text}"`;
}
