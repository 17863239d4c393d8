import { isObject, type JsonObject } from '@sync3/generated/rules';
import { AbortError } from '../errors/abort-error.js';
import { ConnectionError, TimeoutError } from '../errors/connection-error.js';
import type { Settings } from '../options.js';
import { failureReason } from '../wire/failure-reason.js';
import { asList, parseJson } from '../wire/untrusted-json.js';
import type { ProxyAnswer } from './answer.js';
import { readText } from './read-text.js';
import { keyRemover, redactJson } from './redaction.js';
import { Refusal, type Report } from './refusal.js';
import { within } from './within.js';

/** What is sent to the API. */
export interface Forwarding {
  /** Checked tasks as JSON. */
  body: string;
  isDryRun: boolean;
  /** Whose leaving ends the request; given for questions only. */
  caller: Request | undefined;
}

/** The answer of the API, without the key. */
export interface Forwarded extends ProxyAnswer {
  /** What stands in its `data`. */
  rows: JsonObject[];
}

/** Bytes. A hundred tasks with twenty videos each take less than one of these 10 MiB. */
const longestAnswer = 10 * 2 ** 20;

/**
 * Sends checked tasks to the API and gives its answer without the key.
 *
 * @throws {Refusal} there is no usable answer.
 */
export async function forward(settings: Settings, forwarding: Forwarding): Promise<Forwarded> {
  const { url, timeoutMs } = settings;
  const { caller } = forwarding;
  const key = settings.apiKey();
  try {
    return await within(
      timeoutMs,
      (signal) => askApi(settings, forwarding, key, signal),
      caller?.signal,
    );
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    // `caller` is held until here: Node forgets to fire the signal of a request that nobody holds.
    if (caller?.signal.aborted) throw new Refusal(499, 'The caller has left.');
    if (AbortError.is(cause)) {
      const message = `${url} gave no whole answer within ${timeoutMs} ms.`;
      const report = { message, errorOf: (text: string) => new TimeoutError(text) };
      throw new Refusal(504, 'The API gave no answer in time.', { report });
    }
    throw unusable({ message: `${url} gave no answer: ${failureReason(cause)}.`, cause, key });
  }
}

async function askApi(
  { url, fetch }: Settings,
  { body, isDryRun }: Forwarding,
  key: Promise<string>,
  signal: AbortSignal,
): Promise<Forwarded> {
  const apiKey = await key.catch((cause) => {
    const report = { code: 'missingApiKey', message: 'There is no API key.', cause };
    throw Refusal.ofFault({ ...report, key: Promise.resolve('') });
  });
  const headers = new Headers({
    'Content-Type': 'application/json',
    Authorization: `Bearer ${apiKey}`,
    ...(isDryRun && { 'X-Runware-Dry-Run': '1' }),
  });
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body,
    cache: 'no-store',
    // The key must not follow a redirect; not every runtime knows 'error'.
    redirect: 'manual',
    signal,
  });
  const { status } = response;
  if (status < 200 || (status >= 300 && status < 400) || status > 599) {
    response.body?.cancel().catch(() => {});
    throw unusable({ message: `${url} answered with HTTP ${status}.` });
  }
  const redact = keyRemover(apiKey);
  const retryAfter = readRetryAfter(response, redact);
  const json = redactJson(parseJson(await readText(response.body, longestAnswer, signal)), redact);
  const text = JSON.stringify(json);
  // A key of digits may stand as a number.
  if (isObject(json) && redact(text) === text) {
    const rows = asList(json['data']).filter(isObject);
    return { status, body: text, headers: retryAfter, rows };
  }
  throw unusable({ message: `${url} answered with HTTP ${status} and no JSON.` }, retryAfter);
}

function unusable(report: Report, headers?: ProxyAnswer['headers']): Refusal {
  const errorOf = (message: string, cause?: Error) => new ConnectionError(message, { cause });
  return new Refusal(502, 'The API gave no usable answer.', {
    report: { errorOf, ...report },
    headers,
  });
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3), and nothing else that may stand there. */
function readRetryAfter({ headers }: Response, redact: (text: string) => string) {
  const value = headers.get('Retry-After') ?? '';
  const isRight = /^\d{1,9}$|^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/.test(value);
  return isRight && redact(value) === value ? { 'Retry-After': value } : undefined;
}
