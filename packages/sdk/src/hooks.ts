import type { Issue } from './rules/issue.js';

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
  onRetry?(event: { taskUUID?: string; retry: number; delayMs: number; error: Error }): void;
  /** The states of these tasks are asked for, in one request. */
  onPoll?(event: { taskUUIDs: string[] }): void;
  /** Something legal and probably wrong, in a request or in the surroundings. */
  onWarning?(event: WarningEvent): void;
}

/** What a request carries. */
export interface RequestEvent {
  url: string;
  taskTypes: string[];
  taskUUIDs: string[];
}

/** Something to look at. */
export interface WarningEvent {
  message: string;
  taskUUID?: string;
  issue?: Issue;
  cause?: unknown;
}

/** Calls one hook. */
export type Emit = <Name extends keyof Hooks>(
  name: Name,
  event: Parameters<NonNullable<Hooks[Name]>>[0],
) => void;

export function emitter(hooks: Hooks): Emit {
  return function emit(name, event) {
    const warn = (cause: unknown) => {
      if (name !== 'onWarning') emit('onWarning', { message: `${name} failed.`, cause });
    };
    // Called on the object, as its author expects.
    callSafely((value: unknown) => (hooks as Record<string, Callback>)[name]?.(value), event, warn);
  };
}

type Callback = ((event: unknown) => unknown) | undefined;

/** Calls the caller's code in a way that neither its errors nor its rejections get any further. */
export function callSafely<Event>(
  callback: ((event: Event) => unknown) | undefined,
  event: Event,
  warn: (cause: unknown) => void,
): void {
  try {
    Promise.resolve(callback?.(event)).catch(warn);
  } catch (cause) {
    warn(cause);
  }
}
