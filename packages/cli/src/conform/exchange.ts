import { keyRemover } from '@sync3/sdk/node';

/** Largest answer that is read, in bytes. */
const largestAnswer = 10 * 2 ** 20;
/** How long an answer may take, in ms. */
const timeoutMs = 60_000;

/** A row or an error, as it came. */
export type Row = Record<string, unknown>;

/** A request and its answer, without the API key. */
export interface Exchange {
  readonly request: readonly Row[];
  readonly isDryRun: boolean;
  /** HTTP status. */
  readonly status: number;
  readonly data: readonly Row[];
  readonly errors: readonly Row[];
}

/** How a request is sent. */
export interface SendOptions {
  /** With `X-Runware-Dry-Run: 1`. */
  isDryRun?: boolean;
  /** The key goes in an authentication task, not in the header. */
  isKeyInTask?: boolean;
}

/** Sends tasks as they are, once. Resolves with `undefined` when no usable answer came. */
export type Send = (tasks: Row[], options?: SendOptions) => Promise<Exchange | undefined>;

/**
 * Makes what talks to the API without any of the SDK's care: what is to be found out is what the API
 * itself says.
 *
 * @param signal ends the request under way.
 */
export function createSend(baseUrl: string, apiKey: string, signal: AbortSignal): Send {
  const redact = keyRemover(apiKey);
  return async (tasks, { isDryRun = false, isKeyInTask = false } = {}) => {
    const body = isKeyInTask ? [{ taskType: 'authentication', apiKey }, ...tasks] : tasks;
    try {
      const response = await fetch(baseUrl, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          ...(!isKeyInTask && { authorization: `Bearer ${apiKey}` }),
          ...(isDryRun && { 'x-runware-dry-run': '1' }),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      const answer = JSON.parse(redact(await readText(response)));
      const { data, errors } = Object(answer);
      if (!Array.isArray(data ?? []) || !Array.isArray(errors ?? [])) return undefined;
      if (!data && !errors) return undefined;
      return {
        request: tasks,
        isDryRun,
        status: response.status,
        data: (data ?? []).filter(isRow),
        errors: (errors ?? []).filter(isRow),
      };
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  };
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > largestAnswer) throw new Error('the answer is too large');
  }
  return text + decoder.decode();
}
