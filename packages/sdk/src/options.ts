import { baseUrl as defaultBaseUrl } from '@sync3/generated/constants';
import { Sync3Error } from './errors/sync3-error.js';
import { type BeforeSubmit, type Emit, emitter, type Hooks } from './hooks.js';
import { longestTimerMs } from './wire/abort.js';
import { keyRemover, type Redact } from './wire/redaction.js';

/** How a `Sync3` client is set up. Everything has a default but the API key. */
export interface ClientOptions {
  /** The key, or a function that gives it for each request. @default RUNWARE_API_KEY */
  apiKey?: string | (() => string | Promise<string>) | undefined;
  /**
   * Where requests go. With `http:` to another machine the key travels in clear, and `onWarning` tells.
   *
   * @default RUNWARE_BASE_URL, else `baseUrl` of `@sync3/generated/constants`
   */
  baseUrl?: string | URL | undefined;
  /** The key travels in the `Authorization` header, or as the first task. @default 'header' */
  auth?: 'header' | 'task' | undefined;
  /**
   * Bound on one attempt, headers and body together, in ms; of an upload, on the time in which none of
   * its bytes are taken, and on the wait for the answer. The limits of 300 s that `fetch` has in Node
   * do not hold beside it. Those of a `fetch` of yours do, such as the one of the package `undici`.
   *
   * @default 60_000
   */
  timeoutMs?: number | undefined;
  /** Bound on one answer, decompressed, in bytes. @default 10_485_760 (10 MiB) */
  maxResponseBytes?: number | undefined;
  /** How often a submit or an upload is tried again. @default 4 */
  maxRetries?: number | undefined;
  /**
   * Jobs that are submitted at the same moment go out in one request, at most so many; 1 sends each
   * by itself. @default 100
   */
  submitBatchSize?: number | undefined;
  /**
   * Stands in for the global `fetch`. One that takes no web streams, such as node-fetch, is sent
   * uploads that are held in memory as a whole; `onWarning` tells.
   */
  fetch?: typeof globalThis.fetch | undefined;
  /** Sent with every request to the API. */
  headers?: ConstructorParameters<typeof Headers>[0];
  /** How results are waited for. */
  polling?: PollingOptions | undefined;
  /** For logs and metrics. */
  hooks?: Hooks | undefined;
  /**
   * Awaited after the taskUUID is fixed and before the first byte is sent. Record the UUID here and
   * no paid result can be lost. What it throws ends the submit; nothing is sent.
   */
  beforeSubmit?: BeforeSubmit | undefined;
}

/** How results are waited for. */
export interface PollingOptions {
  /** Shortest time between two looks at a task, in ms. @default 1_000 */
  minIntervalMs?: number | undefined;
  /** Longest time between two looks at a task, in ms. @default 10_000 */
  maxIntervalMs?: number | undefined;
  /** How long a wait may take when the call does not say, in ms. @default 1_800_000 (30 min) */
  timeoutMs?: number | undefined;
  /** Tasks asked for in one request. @default 100 */
  batchSize?: number | undefined;
}

/** What a call may say about its requests. */
export interface RequestOptions {
  /** Ends the call at once. */
  signal?: AbortSignal | undefined;
  /** Bound on one attempt, or on the silence of an upload, in ms. @default the client's `timeoutMs` */
  timeoutMs?: number | undefined;
}

/** The options with every default filled in. */
export interface Settings extends Pick<ClientOptions, 'auth' | 'headers' | 'beforeSubmit'> {
  apiKey: () => Promise<string>;
  /** What takes a key out of texts. */
  removerOf: (apiKey: string) => Redact;
  url: string;
  timeoutMs: number;
  maxRetries: number;
  submitBatchSize: number;
  maxResponseBytes: number;
  fetch: typeof globalThis.fetch;
  /** Whether `fetch` is the global one. */
  isPlatformFetch: boolean;
  polling: { minIntervalMs: number; maxIntervalMs: number; timeoutMs: number; batchSize: number };
  emit: Emit;
}

/**
 * @throws {Sync3Error} when there is no API key, or an option has no sensible value.
 */
export function resolveOptions(options: ClientOptions): Settings {
  const { apiKey = environment('RUNWARE_API_KEY') } = options;
  if (typeof apiKey !== 'function') checkKey(apiKey);
  const url = endpoint(options.baseUrl ?? environment('RUNWARE_BASE_URL') ?? defaultBaseUrl);
  /** The last one, whose pattern took long to compile. */
  let remover: { key: string; redact: Redact } | undefined;
  const emit = emitter(options.hooks ?? {});
  if (isInClear(url)) {
    emit('onWarning', { message: `The API key travels in clear to ${url}; use https.` });
  }
  return {
    ...options,
    ...numbersWithDefaults(
      { timeoutMs: 60_000, maxRetries: 4, submitBatchSize: 100, maxResponseBytes: 10 * 2 ** 20 },
      options,
      { maxRetries: 0 },
    ),
    polling: numbersWithDefaults(
      { minIntervalMs: 1_000, maxIntervalMs: 10_000, timeoutMs: 1_800_000, batchSize: 100 },
      options.polling,
    ),
    apiKey: async () => checkKey(typeof apiKey === 'function' ? await apiKey() : apiKey),
    removerOf(key) {
      if (remover?.key !== key) remover = { key, redact: keyRemover(key) };
      return remover.redact;
    },
    url,
    // Called late, so that a `fetch` that is replaced afterwards is used.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    isPlatformFetch: !options.fetch,
    emit,
  };
}

/**
 * Applies the defaults and checks each number against its own minimum.
 *
 * @param minimums of those that may be less than 1.
 * @throws {Sync3Error} one is not a number, or below its minimum.
 */
export function numbersWithDefaults<Name extends string>(
  defaults: Record<Name, number>,
  given: { [name in NoInfer<Name>]?: number | null | undefined } = {},
  minimums: { [name in NoInfer<Name>]?: number } = {},
): Record<Name, number> {
  const numbers = { ...defaults };
  for (const name in defaults) {
    const value = given[name] ?? defaults[name];
    const minimum = minimums[name] ?? 1;
    if (!(value >= minimum)) {
      throw new Sync3Error(`${name} must be at least ${minimum}, not ${value}.`, {
        code: 'invalidOption',
      });
    }
    numbers[name] = Math.min(value, longestTimerMs);
  }
  return numbers;
}

/** A key from a file often ends in a line break. What a Bearer token may be: RFC 6750, 2.1. */
function checkKey(apiKey: unknown): string {
  const key = String(apiKey ?? '').trim();
  if (/^[\w.~+/-]+=*$/.test(key)) return key;
  throw new Sync3Error('No usable API key: set RUNWARE_API_KEY or apiKey.', {
    code: 'missingApiKey',
  });
}

/** The API's one address has no trailing slash, although the document's path is `/`. */
function endpoint(baseUrl: string | URL): string {
  const text = String(baseUrl);
  if (!/^https?:\/\/[^@?#]+$/i.test(text) || !URL.canParse(text)) {
    throw new Sync3Error('baseUrl must be a plain http(s) URL.', { code: 'invalidOption' });
  }
  return text.replace(/\/+$/, '');
}

/** Whether what is sent can be read on the way: without TLS, and to another machine. */
function isInClear(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^((.+\.)?localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

/** Runtimes without `process` have no environment. */
export function environment(name: string): string | undefined {
  type Runtime = { process?: { env?: Record<string, string | undefined> } };
  return (globalThis as Runtime).process?.env?.[name] || undefined;
}
