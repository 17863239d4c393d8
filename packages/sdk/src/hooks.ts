import type { VideoInferenceTask } from '@sync3/generated';
import type { Issue } from './errors/issue.js';

/**
 * Called as things happen, for logs and metrics. Nothing that a hook does, throws or rejects with
 * changes a job; no event holds the API key or a request body.
 */
export interface Hooks {
  /** A request is about to be sent. */
  onRequest?(event: RequestEvent): void;
  /** An answer came, with its body. */
  onResponse?(event: RequestEvent & { status: number; durationMs: number }): void;
  /** A call failed and is tried again after `delayMs`. `retry` counts from 1. */
  onRetry?(event: {
    /** The job, where the call is about one. */
    taskUUID: string | undefined;
    retry: number;
    delayMs: number;
    error: Error;
  }): void;
  /** The states of these tasks are asked for, in one request. */
  onPoll?(event: { tasks: TaskName[] }): void;
  /** Something legal and probably wrong, in a request or in the surroundings. */
  onWarning?(event: WarningEvent): void;
}

/** Called with what is about to be submitted; awaited before the first byte. */
export type BeforeSubmit = (submission: {
  /** The job: record this. */
  taskUUID: string;
  /** A copy of the task as it will be sent. */
  task: VideoInferenceTask;
}) => unknown;

/** What a request carries. */
export interface RequestEvent {
  /** The base URL; the API has one address. */
  url: string;
  /** In the order in which they are sent, without the one that carries the key. */
  tasks: TaskName[];
}

/** What tells one task from another. */
export interface TaskName {
  /** `videoInference`, `getResponse`, `getTaskDetails` or `mediaStorage`. */
  taskType: string;
  /** For `getResponse` and `getTaskDetails` that of the job. */
  taskUUID: string;
}

/** Something to look at. */
export interface WarningEvent {
  /** A sentence. */
  message: string;
  /** The job, where it is about one. */
  taskUUID?: string;
  /** The rule, where it is about a request. */
  issue?: Issue;
  /** What was thrown, where something was. */
  cause?: unknown;
}

/**
 * Calls the caller's code: a hook by its name, or another callback under its name. Neither its errors
 * nor its rejections get any further than `onWarning`.
 */
export interface Emit {
  <Name extends keyof Hooks>(name: Name, event: Parameters<NonNullable<Hooks[Name]>>[0]): void;
  <Event>(name: string, event: Event, callback: Callback<Event> | undefined): void;
}

type Callback<Event> = (event: Event) => unknown;

export function emitter(hooks: Hooks): Emit {
  return function emit(
    name: string,
    event: unknown,
    callback = (hooks as Record<string, Callback<never>>)[name],
  ) {
    const warn = (cause: unknown) => {
      if (name !== 'onWarning') emit('onWarning', { message: `${name} failed.`, cause });
    };
    try {
      // On the object, as its author expects.
      Promise.resolve(callback?.call(hooks, event as never)).catch(warn);
    } catch (cause) {
      warn(cause);
    }
  };
}
