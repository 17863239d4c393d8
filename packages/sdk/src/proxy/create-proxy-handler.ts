import { AbortError } from '../errors/abort-error.js';
import { Sync3Error } from '../errors/sync3-error.js';
import { type ClientOptions, numbersWithDefaults, resolveOptions } from '../options.js';
import { type AcceptedTask, acceptedTasks, namesOf } from './accepted.js';
import { type Answer, respond } from './answer.js';
import { createBodyRoom } from './body-room.js';
import { type Forwarding, forward } from './forward.js';
import { createOriginGate, preflightAnswer } from './origins.js';
import type { ProxyTask } from './proxy-task.js';
import { longestBody, readTasks } from './read-tasks.js';
import { keyRemover, withoutKey } from './redaction.js';
import { Refusal, type Report } from './refusal.js';
import { createRestrictions, type RestrictionOptions } from './restrictions.js';
import { within } from './within.js';

/** What a proxy needs to know. */
export interface ProxyOptions
  extends Pick<ClientOptions, 'apiKey' | 'baseUrl' | 'fetch'>,
    RestrictionOptions {
  /**
   * Decides who may call at all, before the body is read: without it anybody can take the places of
   * `maxConcurrentBodies` until `authorize` is asked, so that others are answered with 503. Only `true` lets a request
   * pass, as with `authorize`.
   *
   * @param request for its URL and headers; its body must be left alone.
   * @default everybody may call
   */
  authenticate?: ((request: Request) => boolean | Promise<boolean>) | undefined;
  /**
   * Decides whether a caller may have these tasks done at your cost. Called once for each request,
   * after the tasks have been checked and before anything is sent. Only `true` lets a request pass;
   * anything else is answered with 401, an error with 500.
   *
   * Having a session is not enough. Look at what is asked for: `getResponse`, `getTaskDetails` and the
   * `delete` of `mediaStorage` work on whatever UUID they name, whose ever it is, a job takes any
   * stored file as its input (`mediaUUIDsOf`), and `numberResults` multiplies the price. Record here
   * whose the `taskUUID` of a job is: the caller chooses it, and a job whose answer is lost has an
   * owner only then. With `X-Runware-Dry-Run: 1` among the headers, a job is only priced.
   *
   * @param request for its URL and headers; its body has been read.
   * @param tasks what would be sent. Changing them changes nothing.
   */
  authorize: (request: Request, tasks: readonly ProxyTask[]) => boolean | Promise<boolean>;
  /**
   * Bound on the body of a request, in bytes: enough for tasks, and for files of up to 750 kB, as a
   * file is a third longer in it. For larger files, raise it; or let the application store them with
   * `media.upload` of a client of its own, as a stream, and give the caller the `mediaUUID`.
   *
   * @default 1_048_576 (1 MiB)
   */
  maxBodyBytes?: number | undefined;
  /**
   * Bound on the bodies that are held at one time, over all callers, in bytes. A body counts from
   * before it is read until its request is answered: with its `Content-Length`, or with
   * `maxBodyBytes` when there is none. It takes several times its size in memory. Further requests are
   * answered with 503 and `Retry-After: 1`, of which `onError` is not told.
   *
   * @default 67_108_864 (64 MiB), or `maxBodyBytes` if that is more
   */
  maxHeldBytes?: number | undefined;
  /** Bound on the number of bodies that are held at one time, over all callers. @default 100 */
  maxConcurrentBodies?: number | undefined;
  /**
   * Bound on the time in which a body must come, in ms, so that callers who send slowly do not hold
   * their place for ever. @default 60_000
   */
  bodyTimeoutMs?: number | undefined;
  /**
   * Origins whose pages may call beside those of its own host, such as `https://app.example`. Name
   * the public origin here when a reverse proxy in front replaces the `Host` header.
   *
   * @default none
   */
  allowedOrigins?: readonly string[] | undefined;
  /**
   * Bound on the API's answer, headers and body together, and on `onAccepted`, in ms.
   *
   * @default 120_000
   */
  timeoutMs?: number | undefined;
  /**
   * Told of what the API has accepted: jobs, stored files, deleted files, and, with the poll that finds
   * them, finished videos. Record here whose the `mediaUUID` of a stored file is, as nobody knows it
   * before, and the `videoUUID` of a video that may be an input. Of jobs, record the owner in
   * `authorize`: when the answer to a submit is lost, this is not called, and the job may run.
   *
   * A `mediaStorage` task has a `taskUUID` that the caller has made up; it may be that of another's
   * job. Look at `task.taskType` before you record a `taskUUID`.
   *
   * It is awaited before the caller is answered, also when the caller has left, so that the next request
   * finds what it has recorded. When it throws, or does not end within `timeoutMs`, the answer is given
   * all the same, and `onError` is told with the code `onAcceptedFailed`.
   *
   * @param request for its URL and headers; its body has been read.
   */
  onAccepted?: ((request: Request, accepted: readonly AcceptedTask[]) => unknown) | undefined;
  /**
   * Told of everything that is answered with 500, 502 or 504, and of `onAccepted` when it fails. The
   * API key is in none of the errors. What it throws is lost.
   */
  onError?: ((error: Sync3Error) => unknown) | undefined;
  /**
   * Keeps a serverless function alive until a submit or an upload has ended, even when the caller has
   * left: what such platforms give under this name. The promise never rejects.
   */
  waitUntil?: ((work: Promise<unknown>) => void) | undefined;
}

/**
 * A Fetch-API handler that holds the API key, so that a browser need not. There, a client with
 * `baseUrl: 'https://app.example/api/sync3'` and a session token as its `apiKey` works as usual;
 * `authorize` finds the token in the `Authorization` header.
 *
 * It forwards lists of 1 to 100 tasks as this SDK makes them (`videoInference` with the model
 * `sync:lipsync@3`, `getResponse`, `getTaskDetails`, `mediaStorage`), and only when every one of them
 * breaks no rule. None of the caller's headers goes with them; a dry run stays one. It never throws
 * and never rejects. Its answers have the API's own form, and the key is in none of them.
 *
 * It answers by itself: 400 not what the SDK sends; 401 not authorized; 403 a foreign page, or a task
 * that is not let through; 405 not POST; 408 the body did not come in time; 413 too large; 499 the
 * caller has left; 500 `authenticate`, `authorize` or `apiKey` failed; 502 the API gave no usable
 * answer; 503 too many bodies are held; 504 the API gave no answer in time.
 *
 * A caller who leaves ends a question, but neither a submit nor an upload.
 *
 * @throws {Sync3Error} there is no API key or no `authorize`, or an option has no sensible value.
 *
 * @example
 * const handler = createProxyHandler({
 *   authenticate: async (request) => await isSession(request.headers.get('Authorization')),
 *   authorize: async (request, tasks) => {
 *     const user = await findUser(request.headers.get('Authorization'));
 *     return user !== undefined && (await isWithinBudget(user, tasks));
 *   },
 * });
 * export default { fetch: handler };
 */
export function createProxyHandler(options: ProxyOptions): (request: Request) => Promise<Response> {
  const { authenticate, authorize, apiKey, baseUrl, fetch, onAccepted, onError, waitUntil } =
    options;
  if (typeof authorize !== 'function') {
    const message = 'The proxy needs authorize: without it anybody could spend your money.';
    throw new Sync3Error(message, { code: 'invalidOption' });
  }
  const { maxBodyBytes, bodyTimeoutMs, timeoutMs } = numbersWithDefaults(
    { maxBodyBytes: 2 ** 20, bodyTimeoutMs: 60_000, timeoutMs: 120_000 },
    options,
  );
  const bodyBounds = numbersWithDefaults(
    { maxConcurrentBodies: 100, maxHeldBytes: Math.max(64 * 2 ** 20, maxBodyBytes) },
    options,
    // One body must fit in.
    { maxHeldBytes: maxBodyBytes },
  );
  const reserveRoom = createBodyRoom(bodyBounds);
  const settings = resolveOptions({ apiKey, baseUrl, fetch, timeoutMs });
  const restrict = createRestrictions(options);
  const admitOrigin = createOriginGate(options.allowedOrigins ?? []);

  async function answerTo(request: Request): Promise<Answer> {
    if (request.method !== 'POST') {
      throw new Refusal(405, 'Tasks are sent with POST.', { headers: { Allow: 'POST' } });
    }
    const isDryRun = readDryRun(request);
    if (authenticate) await askApplication('authenticate', () => authenticate(request));
    const maxBytes = longestBody(request, maxBodyBytes);
    const leaveRoom = reserveRoom(maxBytes);
    try {
      return await perform(request, isDryRun, maxBytes);
    } finally {
      leaveRoom();
    }
  }

  async function perform(request: Request, isDryRun: boolean, maxBytes: number): Promise<Answer> {
    const limits = { maxBytes, timeoutMs: bodyTimeoutMs, restrict };
    const { tasks, body, isQuestion } = await readTasks(request, limits);
    await askApplication('authorize', () => authorize(request, tasks));
    const caller = isQuestion ? request : undefined;
    const work = forwardAndTell(request, { body, isDryRun, caller });
    if (!isQuestion) waitUntil?.(work.catch(() => {}));
    return work;
  }

  async function forwardAndTell(request: Request, forwarding: Forwarding): Promise<Answer> {
    const answer = await forward(settings, forwarding);
    if (!onAccepted) return answer;
    // Read anew, as the application may have changed the tasks that `authorize` got.
    const tasks = JSON.parse(forwarding.body) as ProxyTask[];
    const accepted = acceptedTasks(tasks, answer.rows, forwarding.isDryRun);
    if (accepted.length > 0) await tellAccepted(request, accepted, onAccepted);
    return answer;
  }

  /** Never fails: what the API has accepted may be paid for, and its answer must not be lost. */
  async function tellAccepted(
    request: Request,
    accepted: AcceptedTask[],
    hook: NonNullable<ProxyOptions['onAccepted']>,
  ): Promise<void> {
    const names = namesOf(accepted);
    const taskUUID = accepted.length === 1 ? accepted[0]?.task.taskUUID : undefined;
    try {
      await within(timeoutMs, () => hook(request, accepted));
    } catch (cause) {
      const what = AbortError.is(cause) ? `did not end within ${timeoutMs} ms` : 'failed';
      const message = `onAccepted ${what}; the API has accepted ${names}, and the caller knows. Record whose they are.`;
      void tell({ code: 'onAcceptedFailed', message, cause, taskUUID });
    }
  }

  async function askApplication(name: string, ask: () => unknown): Promise<void> {
    let verdict: unknown;
    try {
      verdict = await ask();
    } catch (cause) {
      throw Refusal.ofFault({ code: `${name}Failed`, message: `${name} failed.`, cause });
    }
    // Who returns what was found instead of a verdict must not let everybody in.
    if (verdict !== true) throw new Refusal(401, 'The application does not allow this.');
  }

  async function tell(report: Report): Promise<void> {
    try {
      if (!onError) return;
      const { key = settings.apiKey(), message, cause, errorOf = plainError(report) } = report;
      const redact = keyRemover(await key.catch(() => ''));
      await onError(errorOf(redact(message), cause ? withoutKey(cause, redact) : undefined));
    } catch {
      // A faulty log must not change an answer.
    }
  }

  return async (request) => {
    let crossOrigin = {};
    try {
      crossOrigin = admitOrigin(request);
      const answer = preflightAnswer(request, crossOrigin) ?? (await answerTo(request));
      return respond(answer, crossOrigin);
    } catch (cause) {
      const report = { code: 'proxyFailed', message: 'The proxy failed.', cause };
      const refusal = cause instanceof Refusal ? cause : Refusal.ofFault(report);
      if (refusal.report) void tell(refusal.report);
      return respond(refusal, crossOrigin);
    }
  };
}

function plainError({ code, taskUUID }: Report): NonNullable<Report['errorOf']> {
  return (message, cause) => new Sync3Error(message, { code, taskUUID, cause });
}

/** A job that was meant to be priced must not become one that is paid: no value but `1` is let by. */
function readDryRun(request: Request): boolean {
  const value = request.headers.get('X-Runware-Dry-Run');
  if (value === null || value === '1') return value === '1';
  throw new Refusal(400, 'The value of X-Runware-Dry-Run can only be 1.');
}
