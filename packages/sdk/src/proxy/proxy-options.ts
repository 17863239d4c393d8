import type { Sync3Error } from '../errors/sync3-error.js';
import type { ClientOptions } from '../options.js';
import type { AcceptedTask } from './accepted.js';
import type { ProxyTask } from './proxy-task.js';
import type { RestrictionOptions } from './restrictions.js';

/** What a proxy needs to know. */
export interface ProxyOptions
  extends Pick<ClientOptions, 'apiKey' | 'baseUrl' | 'fetch'>,
    RestrictionOptions {
  /**
   * Decides who may call at all, before the body is read: without it anybody can take the places of
   * `maxConcurrentBodies` until `authorize` is asked, so that others are answered with 503. Only
   * `true` lets a request pass, as with `authorize`.
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
   * `delete` of `mediaStorage` work on any UUID, a job takes any stored file as its input
   * (`mediaUUIDsOf`), and `numberResults` multiplies the price. Record here
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
