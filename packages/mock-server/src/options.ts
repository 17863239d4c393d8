import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { RateLimitOptions } from './account/rate-limit.js';
import type { WebhookPayload } from './delivery/payload-form.js';
import { isHostName } from './host-check.js';
import { type FailureForm, failureForms } from './jobs/failure-form.js';
import type { RunningResults } from './jobs/running-results.js';
import { urlHost } from './listening-address.js';
import type { Profile } from './profile/profile.js';
import { type ProfileName, readProfile } from './profile/read-profile.js';

/** How a mock server is set up. */
export interface MockServerOptions {
  /** TCP port; 0 takes a free one. @default 0 */
  port?: number;
  /**
   * The address or name to listen on. In a container, `0.0.0.0` lets other containers in; a warning
   * says what that means. @default '127.0.0.1'
   */
  host?: string;
  /**
   * The names and addresses, without a port, that requests may name as their host besides this
   * machine's (`localhost`, `127.0.0.1`, `[::1]`); others are refused with 403, and so are requests
   * of web pages. The first one stands in the URLs of files. @default none
   */
  allowedHosts?: string[];
  /** The keys that are let in. @default every key that is not empty */
  apiKeys?: string[];
  /** Further keys that are let in, but may not submit jobs or store media (403). @default none */
  readOnlyApiKeys?: string[];
  /**
   * USD on the account. A submit whose estimated cost is more than is left is refused (402). The
   * inputs are then read before the acknowledgement. @default no limit
   */
  balance?: number;
  /** How many requests each key may send; more are refused (429). @default no limit */
  rateLimit?: RateLimitOptions;
  /**
   * Base URL of the API to stand before, such as `https://api.runware.ai/v1`: requests go there with
   * their key, may be paid for, and are answered by it. Both sides are held against the document;
   * `deviations` tells in what they differ. @default none: the emulator answers
   */
  upstream?: string;
  /**
   * A folder for every exchange, without keys.
   * @default a folder of its own in that of the variable `SYNC3_RECORD`, if there is one
   */
  record?: string;
  /**
   * A folder of such exchanges to answer from, without a network. Files of results are not among
   * them. @default none
   */
  replay?: string;
  /**
   * What it answers where the API's documents are silent: what documents and captures suggest
   * (`documented`), what was observed of the real API, else what is documented (`observed`), what is
   * hardest for a client (`worst-case`), or answers of your own to some of the questions, the others
   * as documented. `failureForm`, `runningResults` and `webhookPayload` win over it.
   * @default 'documented'
   */
  profile?: ProfileName | Partial<Profile>;
  /**
   * How `getResponse` tells of results that failed: in `errors`, with HTTP 400 when the answer holds
   * nothing else (`http400`); in `errors` with HTTP 200 (`errors`); or as rows with the status
   * `error` (`row`). All are on record from Runware. @default 'http400'
   */
  failureForm?: FailureForm;
  /**
   * Whether `getResponse` lists results that are not ready, when several were asked for: with
   * `hidden`, only those that are finished have a row. @default 'listed'
   */
  runningResults?: RunningResults;
  /**
   * How long a finished job and its videos are kept, and an upload after its last use, in ms;
   * afterwards they are unknown. @default 3_600_000 (1 h)
   */
  retentionMs?: number;
  /**
   * The clock, in ms since the epoch. Set forward, it ends jobs, the `ttl` of videos, retention and
   * rate limits without a wait. @default Date.now
   */
  now?: () => number;
  /**
   * How long a result takes, in ms: a number, or bounds to choose between; with `Infinity` it never
   * finishes. @default [200, 400]
   */
  jobDurationMs?: number | [shortest: number, longest: number];
  /** Makes durations and seeds repeatable. @default 1 */
  seed?: number;
  /** Largest request body, in bytes; a larger one is refused. @default 134_217_728 (128 MiB) */
  maxBodyBytes?: number;
  /** How long a request may take to arrive, in ms; a slower one is answered 408. @default 60_000 */
  requestTimeoutMs?: number;
  /**
   * After how long without a message a WebSocket connection is closed, in ms, as Runware does.
   * @default 120_000
   */
  socketIdleMs?: number;
  /**
   * Whether hosts other than this machine are reached: for media, webhooks and uploads.
   * @default false
   */
  allowOutbound?: boolean;
  /**
   * What a webhook carries: the task object itself, as Runware's own text says, or `{data:[…]}` and
   * `{errors:[…]}`, as applications report to have got. @default 'flat'
   */
  webhookPayload?: WebhookPayload;
  /**
   * The share of the POSTs that a fault strikes by chance, 0 to 1; `seed` makes them repeatable. A
   * correct client finishes every job all the same. @default 0
   */
  chaos?: number;
}

/** The options with every default filled in. */
export interface Settings {
  port: number;
  host: string;
  allowedHosts: string[];
  apiKeys: string[] | undefined;
  readOnlyApiKeys: string[];
  balance: number | undefined;
  rateLimit: RateLimitOptions | undefined;
  profile: Profile;
  upstream: string | undefined;
  record: string | undefined;
  replay: string | undefined;
  retentionMs: number;
  now: () => number;
  jobDurationMs: [shortest: number, longest: number];
  seed: number;
  maxBodyBytes: number;
  requestTimeoutMs: number;
  socketIdleMs: number;
  allowOutbound: boolean;
  chaos: number;
}

/** @throws {Error} a duration or a size makes no sense. */
export function resolveOptions(options: MockServerOptions): Settings {
  const { jobDurationMs = [200, 400], maxBodyBytes = 128 * 1024 * 1024 } = options;
  const [shortest, longest = shortest] = [jobDurationMs].flat();
  const isEndless = shortest === Infinity && longest === Infinity;
  if (!isEndless && !(isAmount(shortest) && isAmount(longest) && shortest <= longest)) {
    throw new Error(`jobDurationMs must be a number, or two in order, not ${jobDurationMs}.`);
  }
  if (!isAmount(maxBodyBytes)) throw new Error(`maxBodyBytes must be a number of bytes.`);
  const { requestTimeoutMs = 60_000 } = options;
  if (!isAmount(requestTimeoutMs) || requestTimeoutMs === 0) {
    throw new Error(`requestTimeoutMs must be a number of ms above 0, not ${requestTimeoutMs}.`);
  }
  const { socketIdleMs = 120_000 } = options;
  if (!isAmount(socketIdleMs) || socketIdleMs === 0) {
    throw new Error(`socketIdleMs must be a number of ms above 0, not ${socketIdleMs}.`);
  }
  const { chaos = 0 } = options;
  if (!(typeof chaos === 'number' && chaos >= 0 && chaos <= 1)) {
    throw new Error(`chaos must be a share from 0 to 1, not ${chaos}.`);
  }
  if (options.upstream !== undefined && options.replay !== undefined) {
    throw new Error('upstream and replay go one without the other: records need no API.');
  }
  const given = readProfile(options.profile);
  const { webhookPayload = given.webhookPayload } = options;
  if (webhookPayload !== 'flat' && webhookPayload !== 'enveloped') {
    throw new Error(`webhookPayload must be 'flat' or 'enveloped', not ${webhookPayload}.`);
  }
  const { host = '127.0.0.1', allowedHosts = [] } = options;
  if (typeof host !== 'string' || !isHostName(urlHost(host))) {
    throw new Error(`host must be an address or a name to listen on, not "${host}".`);
  }
  for (const name of allowedHosts) {
    if (isHostName(name)) continue;
    throw new Error(`allowedHosts takes names and addresses without a port, not "${name}".`);
  }
  const { failureForm = given.failureForm, runningResults = given.runningResults } = options;
  if (!failureForms.includes(failureForm)) {
    throw new Error(`failureForm must be one of ${failureForms.join(', ')}, not ${failureForm}.`);
  }
  if (runningResults !== 'listed' && runningResults !== 'hidden') {
    throw new Error(`runningResults must be 'listed' or 'hidden', not ${runningResults}.`);
  }
  const { balance, rateLimit, retentionMs = 3_600_000 } = options;
  if (balance !== undefined && !(balance >= 0)) {
    throw new Error(`balance must be an amount in USD, not ${balance}.`);
  }
  if (rateLimit && !(isAmount(rateLimit.requests) && isAmount(rateLimit.perMs))) {
    throw new Error('rateLimit takes a number of requests and a number of ms (perMs).');
  }
  if (!isAmount(retentionMs)) throw new Error('retentionMs must be a number of ms.');
  return {
    port: options.port ?? 0,
    host,
    allowedHosts: allowedHosts.map((name) => name.toLowerCase()),
    apiKeys: options.apiKeys,
    readOnlyApiKeys: options.readOnlyApiKeys ?? [],
    balance,
    rateLimit,
    upstream: options.upstream,
    record: options.record ?? recordFromEnvironment(),
    replay: options.replay,
    profile: { ...given, failureForm, runningResults, webhookPayload },
    retentionMs,
    now: options.now ?? Date.now,
    jobDurationMs: [shortest, longest],
    seed: options.seed ?? 1,
    maxBodyBytes,
    requestTimeoutMs,
    socketIdleMs,
    allowOutbound: options.allowOutbound ?? false,
    chaos,
  };
}

/** Several servers of several processes may record at the same time, as the tests of a project do. */
function recordFromEnvironment(): string | undefined {
  const folder = process.env['SYNC3_RECORD'];
  return folder ? join(folder, randomUUID()) : undefined;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isSafeInteger(value);
}
