import { WebhookError, type WebhookErrorCode } from '../errors/webhook-error.js';
import type { Handled } from './handled.js';

/** A result of a task, and what is to be done with it. */
export interface Result {
  id: string;
  taskUUID: string;
  handOn: () => unknown;
}

/** What this process does with the store. */
export interface ResultStore {
  /**
   * Hands a result on that has not been handed on before. A call for a result that is being handed on
   * in this process waits for it, and shares its failure.
   *
   * @throws {WebhookError} `callbackFailed`, `storeFailed`, or `handledElsewhere`.
   */
  handleOnce(result: Result): Promise<void>;
  /**
   * Notes that an id is done for which there is nothing to do.
   *
   * @throws {WebhookError} `storeFailed`.
   */
  mark(id: string, taskUUID: string): Promise<void>;
  /** @throws {WebhookError} `storeFailed`. */
  wasHandled(id: string, taskUUID: string): Promise<boolean>;
}

export function createResultStore(handled: Handled): ResultStore {
  const running = new Map<string, Promise<void>>();

  function exclusively(id: string, work: () => Promise<void>): Promise<void> {
    const current = running.get(id);
    if (current) return current;
    const started = work();
    running.set(id, started);
    const leave = () => running.delete(id);
    started.then(leave, leave);
    return started;
  }

  const wasHandled = (id: string, taskUUID: string) =>
    inStore(taskUUID, 'has', () => handled.has(id));

  async function handle({ id, taskUUID, handOn }: Result): Promise<void> {
    const isOurs = await inStore(taskUUID, 'claim', () => handled.claim?.(id) ?? true);
    let isAdded = false;
    try {
      // After the claim: another process may have finished in between.
      if (await wasHandled(id, taskUUID)) return;
      if (!isOurs) throw handledElsewhere(id, taskUUID);
      await callBack(id, taskUUID, handOn);
      // Not before: a process that ends in between must do it again rather than never.
      await inStore(taskUUID, 'add', () => handled.add(id));
      isAdded = true;
    } finally {
      if (isOurs && !isAdded) await release(id);
    }
  }

  async function release(id: string): Promise<void> {
    try {
      await handled.release?.(id);
    } catch {
      // The claim runs out by itself.
    }
  }

  return {
    handleOnce: (result) => exclusively(result.id, () => handle(result)),
    mark: (id, taskUUID) =>
      exclusively(id, async () => {
        if (await wasHandled(id, taskUUID)) return;
        await inStore(taskUUID, 'add', () => handled.add(id));
      }),
    wasHandled,
  };
}

/** What a step gives, or an error that names the step. */
async function attempt<Value>(
  step: () => Value,
  message: string,
  options: { code: WebhookErrorCode; taskUUID: string; advice: string },
): Promise<Awaited<Value>> {
  try {
    return await step();
  } catch (cause) {
    throw new WebhookError(message, { ...options, cause });
  }
}

function inStore<Value>(
  taskUUID: string,
  method: keyof Handled,
  step: () => Value,
): Promise<Awaited<Value>> {
  const message = `handled.${method} failed for a result of task ${taskUUID}.`;
  const advice = 'The API repeats the delivery; see to the store (cause).';
  return attempt(step, message, { code: 'storeFailed', taskUUID, advice });
}

function callBack(id: string, taskUUID: string, handOn: () => unknown): Promise<unknown> {
  const message = `The callback for the result ${id} failed.`;
  const advice = 'The API repeats the delivery, which calls it again; see to its cause.';
  return attempt(handOn, message, { code: 'callbackFailed', taskUUID, advice });
}

function handledElsewhere(id: string, taskUUID: string): WebhookError {
  return new WebhookError(`Another process has claimed the result ${id}.`, {
    code: 'handledElsewhere',
    advice: 'Nothing needs to be done: the API repeats the delivery until one of them is through.',
    taskUUID,
  });
}
