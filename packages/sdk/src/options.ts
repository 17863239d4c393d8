import { Sync3Error } from './errors/sync3-error.js';
import { type Emit, emitter, type Hooks } from './hooks.js';
import type { BeforeSubmit } from './submit.js';

/** How a `Sync3` client is set up. Everything has a default but the API key. */
export interface ClientOptions {
  /** The key, or a function that gives it for each request. @default RUNWARE_API_KEY */
  apiKey?: string | (() => string | Promise<string>) | undefined;
  /** Where requests go. @default RUNWARE_BASE_URL, else `https://api.runware.ai/v1` */
  baseUrl?: string | URL | undefined;
  /** The key travels in the `Authorization` header, or as the first task. @default 'header' */
  auth?: 'header' | 'task';
  /** Bound on one attempt, headers and body together, in ms. @default 60_000 */
  timeoutMs?: number;
  /** How often a submit or an upload is tried again. @default 4 */
  maxRetries?: number;
  /** Stands in for the global `fetch`. */
  fetch?: typeof globalThis.fetch;
  /** Sent with every request to the API. */
  headers?: Record<string, string>;
  polling?: PollingOptions;
  hooks?: Hooks;
  /**
   * Awaited after the taskUUID is fixed and before the first byte is sent. Record the UUID here and
   * no paid result can be lost. What it throws ends the submit; nothing is sent.
   */
  beforeSubmit?: BeforeSubmit;
}

/** How results are waited for. */
export interface PollingOptions {
  /** Shortest time between two looks at a task, in ms. @default 1_000 */
  minIntervalMs?: number;
  /** Longest time between two looks at a task, in ms. @default 10_000 */
  maxIntervalMs?: number;
  /** How long a wait may take when the call does not say, in ms. @default 1_800_000 (30 min) */
  timeoutMs?: number;
  /** Tasks asked for in one request. @default 100 */
  batchSize?: number;
}

/** The options with every default filled in. */
export interface Settings {
  apiKey: () => Promise<string>;
  url: string;
  auth: 'header' | 'task';
  timeoutMs: number;
  maxRetries: number;
  fetch: typeof globalThis.fetch;
  headers: Record<string, string>;
  polling: Required<PollingOptions>;
  emit: Emit;
  beforeSubmit: BeforeSubmit | undefined;
}

/**
 * @throws {Sync3Error} when there is no API key, or the base URL is not one.
 */
export function resolveOptions(options: ClientOptions): Settings {
  const { timeoutMs = 60_000, maxRetries = 4, auth = 'header', headers = {} } = options;
  const apiKey = options.apiKey ?? environment('RUNWARE_API_KEY');
  if (!apiKey) {
    throw new Sync3Error(
      'No API key. Set the environment variable RUNWARE_API_KEY, or pass apiKey to new Sync3().',
    );
  }
  const { minIntervalMs = 1_000, maxIntervalMs = 10_000, batchSize = 100 } = options.polling ?? {};
  return {
    apiKey: async () => {
      const key = typeof apiKey === 'function' ? await apiKey() : apiKey;
      if (!key) throw new Sync3Error('The apiKey function gave no key. Nothing was sent.');
      return key;
    },
    url: endpoint(options.baseUrl ?? environment('RUNWARE_BASE_URL') ?? defaultBaseUrl),
    auth,
    timeoutMs,
    maxRetries,
    // Called late, so that a `fetch` that is replaced afterwards is used.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    headers,
    polling: {
      minIntervalMs,
      maxIntervalMs,
      batchSize,
      timeoutMs: options.polling?.timeoutMs ?? 1_800_000,
    },
    emit: emitter(options.hooks ?? {}),
    beforeSubmit: options.beforeSubmit,
  };
}

/** Longest delay a timer takes, in ms (about 25 days); a longer one would fire at once. */
export const longestTimerMs = 2 ** 31 - 1;

const defaultBaseUrl = 'https://api.runware.ai/v1';

/** The API's one address has no trailing slash, although the document's path is `/`. */
function endpoint(baseUrl: string | URL): string {
  const text = String(baseUrl);
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw new Sync3Error(`The base URL must begin with https:// or http://, not "${text}".`);
  }
  return text.replace(/\/+$/, '');
}

/** Runtimes without `process` have no environment. */
function environment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name] || undefined;
}
