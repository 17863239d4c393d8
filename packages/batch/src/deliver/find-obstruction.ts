import { DeliveryError, OutputExistsError } from '../errors/item-errors.js';
import type { Item } from '../ledger/item.js';
import type { Worker } from '../work/worker.js';
import { filesOf } from './deliver-item.js';

/**
 * Why the results of an item that has no job could not be delivered: something has the name of one, or
 * the name can have no file. Nobody shall pay for such a result.
 *
 * @returns `undefined` when there is room for all of them.
 */
export async function findObstruction(
  { place, disk }: Pick<Worker, 'place' | 'disk'>,
  item: Item,
  signal: AbortSignal,
): Promise<DeliveryError | undefined> {
  for (const name of filesOf(item)) {
    try {
      const size = await disk.whileBlocked(() => place.sizeOf(name), place, signal);
      if (size !== undefined) return new OutputExistsError(place.describe(name));
    } catch (error) {
      signal.throwIfAborted();
      if (DeliveryError.is(error)) return error;
      const { message } = error as Error;
      return new DeliveryError(`The result cannot be written: ${message}.`, { cause: error });
    }
  }
  return undefined;
}
