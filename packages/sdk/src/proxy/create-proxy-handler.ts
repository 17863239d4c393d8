import { AbortError } from '../errors/abort-error.js';
import { Sync3Error } from '../errors/sync3-error.js';
import { numbersWithDefaults, resolveOptions } from '../options.js';
import { type AcceptedTask, acceptedTasks, namesOf } from './accepted.js';
import { type ProxyAnswer, respond } from './answer.js';
import { createBodyRoom } from './body-room.js';
import { type Forwarding, forward } from './forward.js';
import { createOriginGate, preflightAnswer } from './origins.js';
import type { ProxyOptions } from './proxy-options.js';
import type { ProxyTask } from './proxy-task.js';
import { longestBody, readTasks } from './read-tasks.js';
import { keyRemover, withoutKey } from './redaction.js';
import { Refusal, type Report } from './refusal.js';
import { createRestrictions } from './restrictions.js';
import { within } from './within.js';

/**
 * A Fetch-API handler that holds the API key, so that a browser need not. There, a client with
 * `baseUrl: 'https://app.example/api/sync3'` and a session token as its `apiKey` works as usual;
 * `authorize` finds the token in the `Authorization` header.
 *
 * It forwards lists of 1 to 100 tasks as this SDK makes them (lip-sync jobs, `getResponse`,
 * `getTaskDetails`, `mediaStorage`), and only when every one of them breaks no rule. None of the caller's headers goes with them; a dry run stays one. It never throws
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
 *   authenticate: async (request) => (await userOf(request)) !== undefined,
 *   authorize: async (request, tasks) => {
 *     const user = await userOf(request);
 *     return user !== undefined && (await owns(user, tasks)) && (await isWithinBudget(user, tasks));
 *   },
 *   onAccepted: async (request, accepted) => await recordOwner(await userOf(request), accepted),
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

  async function answerTo(request: Request): Promise<ProxyAnswer> {
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

  async function perform(
    request: Request,
    isDryRun: boolean,
    maxBytes: number,
  ): Promise<ProxyAnswer> {
    const limits = { maxBytes, timeoutMs: bodyTimeoutMs, restrict };
    const { tasks, body, isQuestion } = await readTasks(request, limits);
    await askApplication('authorize', () => authorize(request, tasks));
    const caller = isQuestion ? request : undefined;
    const work = forwardAndTell(request, { body, isDryRun, caller });
    if (!isQuestion) waitUntil?.(work.catch(() => {}));
    return work;
  }

  async function forwardAndTell(request: Request, forwarding: Forwarding): Promise<ProxyAnswer> {
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
      const advice = 'The caller has the answer. Record whose they are.';
      const message = `onAccepted ${what} for ${names}, which the API has accepted. ${advice}`;
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
