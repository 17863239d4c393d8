import type { LipsyncParams } from '@sync3/sdk';
import type { Database } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { findBatch } from '../ledger/find-batch.js';
import { findItems, type Item } from '../ledger/item.js';
import { type PlanOptions, planWithin } from '../plan/plan-batch.js';

/** What takes the place of an item. */
export interface Replacement {
  /** Unlike in the SDK, a string that is neither a URL nor a UUID is the path of a local file. */
  params: LipsyncParams;
  /** Name of the result in the output folder. @default that of the item */
  output?: string | undefined;
  /** Names of its results, one for each, instead of `output`. @default those of the item */
  outputs?: readonly string[] | undefined;
}

/** Where the item is, and where its local media may be. */
export type ReplaceOptions = Pick<PlanOptions, 'batch' | 'directory' | 'mediaRoots' | 'onProblem'>;

/**
 * Gives an item other parameters, under the same key. Its job was never submitted (`planned`, `queued`),
 * or has failed; then it becomes a new job, which is paid for.
 *
 * @returns the item as it is now.
 * @throws {ManifestError} the parameters break a rule; its `problems` say which.
 * @throws {BatchError} there is no such item, its job may exist or has brought results, or the
 * parameters are those that it has.
 *
 * @example
 * await replaceItem(database, 'clip-7', { params: { inputs: { video, audio: 'mended.wav' } } });
 */
export function replaceItem(
  database: Database,
  key: string,
  { params, output, outputs }: Replacement,
  { batch = 'default', ...options }: ReplaceOptions = {},
): Promise<Item> {
  return database.transaction(async (queries) => {
    const batchId = await findBatch(queries, batch);
    const find = async () => {
      const [item] = await findItems(queries, 'batch_id = $1 and key = $2', [batchId, key]);
      if (!item) throw new BatchError(`The batch "${batch}" has no item "${key}".`);
      return item;
    };
    const before = await find();
    if (!['planned', 'queued', 'failed'].includes(before.state)) {
      throw new BatchError(
        `Item "${key}" is ${before.state}: its job exists, or may, and is paid for. Plan the other ` +
          'parameters as an item of their own.',
      );
    }
    const given = { ...(output !== undefined && { output }), ...(outputs && { outputs }) };
    const kept = before.outputs ? { outputs: before.outputs } : { output: before.output };
    const isNamed = output !== undefined || outputs !== undefined;
    const item = { key, params, ...(isNamed ? given : kept) };
    const { changed } = await planWithin(queries, [item], {
      ...options,
      batch,
      acceptChanges: true,
    });
    if (changed === 0) {
      const advice = before.state === 'failed' ? ' To try again with them, retry it.' : '';
      throw new BatchError(`Item "${key}" has these parameters already.${advice}`);
    }
    return find();
  });
}
