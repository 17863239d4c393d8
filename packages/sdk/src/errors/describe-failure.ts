import { textOf } from '../wire/untrusted-json.js';

/** An error of the API, as far as it is put into words. */
export interface DescribedFailure {
  /** Is left out of the words where it is absent. */
  code?: string | undefined;
  /** The API's sentence. */
  message: string;
  /** What the provider behind the API said. */
  responseContent?: unknown;
}

/**
 * An error of the API in its own words, with the first 500 characters of what the provider said, such as
 * `The provider failed. (providerError): no face in frame 7`. It is one line without control characters,
 * and otherwise untrusted text.
 *
 * @param failure such as one of `TaskFailedError.failures` or `LipsyncResult.failures`.
 * @param status HTTP status of the answer, where that is to be told too.
 */
export function describeFailure(
  { code, message, responseContent }: DescribedFailure,
  status?: number,
): string {
  const place = [code, status && `HTTP ${status}`].filter(Boolean).join(', ');
  const said = responseContent ? `: ${textOf(responseContent).slice(0, 500)}` : '';
  return onOneLine(`${message}${place && ` (${place})`}${said}`);
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
