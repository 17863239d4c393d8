import type { Issue } from './rules/issue.js';

/**
 * Called as things happen, for logs and metrics. Nothing that a hook does or throws changes a job;
 * no event holds the API key or a request body.
 */
export interface Hooks {
  /** A request is about to be sent. */
  onRequest?(event: RequestEvent): void;
  /** An answer came, with its body. */
  onResponse?(event: RequestEvent & { status: number; durationMs: number }): void;
  /** A call failed and is tried again after `delayMs`. `retry` counts from 1. */
  onRetry?(event: { taskUUID: string; retry: number; delayMs: number; error: Error }): void;
  /** The states of these tasks are asked for, in one request. */
  onPoll?(event: { taskUUIDs: string[] }): void;
  /** Something legal and probably wrong, in a request or in the surroundings. */
  onWarning?(event: { message: string; taskUUID?: string; issue?: Issue; cause?: unknown }): void;
}

/** What a request carries. */
export interface RequestEvent {
  url: string;
  taskTypes: string[];
  taskUUIDs: string[];
}

/** Calls one hook; what it throws is handed to `onWarning` and goes no further. */
export type Emit = <Name extends keyof Hooks>(
  name: Name,
  event: Parameters<NonNullable<Hooks[Name]>>[0],
) => void;

export function emitter(hooks: Hooks): Emit {
  return function emit(name, event) {
    try {
      (hooks[name] as ((event: unknown) => void) | undefined)?.(event);
    } catch (cause) {
      if (name !== 'onWarning') emit('onWarning', { message: `The hook ${name} threw.`, cause });
    }
  };
}
