import type { Answerer, ReceivedTasks } from '../answerer.js';
import type { PlannedResponse } from '../contract/contract-check.js';
import { errorBody } from '../send-json.js';

/** Largest answer that is passed on, in bytes. */
const largestAnswer = 32 * 2 ** 20;
/** How long the API may take for an answer, in ms. */
const timeoutMs = 120_000;

/** What of a request goes on to the API; what is about the connection stays behind. */
const passedHeaders = ['authorization', 'x-runware-dry-run', 'user-agent', 'accept-language'];

/** Failures after which no byte can have reached the API. */
const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/**
 * Stands between an application and the API: requests go on as they are, with their key, and answers
 * come back as they are. Redirects are not followed: the key would go with them.
 */
export class Gateway implements Answerer {
  readonly isOwn = false;
  readonly #upstream: string;
  readonly #closing = new AbortController();

  /** @throws {Error} `upstream` is no URL of http or https. */
  constructor(upstream: string) {
    const url = URL.canParse(upstream) ? new URL(upstream) : undefined;
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
      throw new Error(`upstream must be the URL of an API, without a user, not "${upstream}".`);
    }
    this.#upstream = upstream.replace(/\/+$/, '');
  }

  async respond({ body, headers }: ReceivedTasks): Promise<PlannedResponse> {
    const passed = passedHeaders.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value] as [string, string]] : [];
    });
    try {
      const response = await fetch(this.#upstream, {
        method: 'POST',
        redirect: 'manual',
        headers: [...passed, ['content-type', 'application/json']],
        body: JSON.stringify(body),
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(timeoutMs)]),
      });
      return await answerFrom(response);
    } catch (error) {
      return unanswered(error);
    }
  }

  /** Ends the requests under way. */
  close(): void {
    this.#closing.abort();
  }
}

async function answerFrom(response: Response): Promise<PlannedResponse> {
  const { status } = response;
  const text = await readText(response);
  const retryAfter = response.headers.get('retry-after');
  const headers = { headers: retryAfter === null ? {} : { 'retry-after': retryAfter } };
  try {
    return { status, body: JSON.parse(text), ...headers };
  } catch {
    // Such as the page of a proxy. As text it breaks the document, which is told.
    const contentType = response.headers.get('content-type') ?? 'text/plain';
    const location = response.headers.get('location');
    return {
      status,
      body: text,
      raw: { contentType, text },
      headers: { ...headers.headers, ...(location !== null && { location }) },
    };
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > largestAnswer) throw new Error(`its answer is larger than ${largestAnswer} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** An answer in Runware's form, which says whether the API may have got the request. */
function unanswered(error: unknown): PlannedResponse {
  const { message, cause } = error as Error;
  const { code, message: reason } = (cause ?? {}) as NodeJS.ErrnoException;
  if (unreached.has(`${code}`)) {
    const told = `The API was not reached, so nothing was accepted: ${reason}`;
    return { status: 502, body: errorBody('upstreamUnreachable', told) };
  }
  const told = `The API gave no usable answer; it may have accepted the tasks: ${reason ?? message}`;
  return { status: 502, body: errorBody('upstreamAnswerLost', told) };
}
