import { isDeepStrictEqual } from 'node:util';
import { isObject } from '@sync3/generated/rules';
import { currentConstants } from '../ledger/constants.js';
import type { TakenItem } from '../ledger/take-items.js';

const { voice: _, ...today } = currentConstants;

/**
 * Sends a task that may have been sent before just as it was, also when what the SDK fills in is
 * another by now, such as a renamed model: one taskUUID never stands for two requests. The SDK fills in
 * and checks what today's document says, so the request is changed behind it.
 */
export class UnchangedTasks {
  /** What goes out instead of what the SDK fills in, by taskUUID. */
  readonly #substitutes = new Map<string, Record<string, unknown>>();

  /** @returns a `fetch` that sends such tasks as they were. */
  through(given: typeof fetch | undefined): typeof fetch {
    const send: typeof fetch = given ?? ((input, init) => fetch(input, init));
    return (input, init) => {
      const { body } = init ?? {};
      if (this.#substitutes.size === 0 || typeof body !== 'string') return send(input, init);
      const tasks = (JSON.parse(body) as Record<string, unknown>[]).map((task) =>
        // A question about the task has its taskUUID too, and no model.
        'model' in task ? { ...task, ...this.#substitutes.get(`${task['taskUUID']}`) } : task,
      );
      return send(input, { ...init, body: JSON.stringify(tasks) });
    };
  }

  /**
   * @param parameters of the item, with its media.
   * @param send sends the task with the parameters that it is given.
   */
  async send<Result>(
    { taskUUID, sentConstants }: Pick<TakenItem, 'taskUUID' | 'sentConstants'>,
    parameters: Record<string, unknown>,
    send: (parameters: Record<string, unknown>) => Promise<Result>,
  ): Promise<Result> {
    const { voice, ...constants } = sentConstants;
    const { taskType, model, deliveryMethod, ...others } = { ...constants, ...parameters };
    const { speech } = others as Record<string, unknown>;
    const completed = isObject(speech) && {
      speech: { ...speech, voice: speech['voice'] ?? voice },
    };
    const substitutes = { taskType, model, deliveryMethod };
    if (!isDeepStrictEqual(substitutes, today)) this.#substitutes.set(taskUUID, substitutes);
    try {
      return await send({ ...others, ...completed });
    } finally {
      this.#substitutes.delete(taskUUID);
    }
  }
}
