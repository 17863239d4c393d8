import type { ErrorDetail } from '@sync3/generated';
import { textOf } from '../wire/untrusted-json.js';

/** An error of the API in its own words, with what the provider said. */
export function describeFailure(error: ErrorDetail, status?: number): string {
  const { code, message, responseContent } = error;
  const place = status === undefined ? code : `${code}, HTTP ${status}`;
  const said = responseContent ? `: ${textOf(responseContent).slice(0, 500)}` : '';
  return onOneLine(`${message} (${place})${said}`);
}

/** The beginning of a body that is not in the API's form. */
export function quoted(raw: string): string {
  const text = onOneLine(raw.slice(0, 200));
  return text && `: "${text}"`;
}

/** Without line breaks, and without the control characters that would steer a terminal or turn a text. */
function onOneLine(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
}
