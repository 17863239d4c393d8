import type { Queries } from '../database/database.js';
import { type Constants, currentConstants, firstConstants } from './constants.js';
import { type Item, isListed, itemColumns } from './item.js';
import { type ItemState, isUnderWay } from './item-state.js';

/** An item that a worker has taken. */
export interface TakenItem extends Item {
  /** The state in which it was found. */
  foundIn: ItemState;
  /** What the SDK filled in when its job was first sent, or fills in if it was not. */
  sentConstants: Readonly<Constants>;
  /** The `webhookURL` that is added to its parameters; `null` for none. */
  sentWebhookURL: string | null;
}

/** How items are taken. */
interface TakeOptions {
  /** Makes the `webhookURL` of a job that is sent for the first time. @default none is added */
  webhookURLOf?: ((taskUUID: string) => Promise<string>) | undefined;
}

/**
 * Takes items that are under way: whoever had them before can record nothing of them any more. One that
 * is `queued` becomes `submitting`, which is recorded before this returns, with the constants and the
 * webhook URL that it is going to be sent with; while the batch is held it stays.
 *
 * @returns those that are taken, in the order of the ledger. What has settled, is planned again or is
 * to be looked at later is not among them.
 */
export async function takeItems(
  queries: Queries,
  ids: readonly number[],
  workerId: string,
  { webhookURLOf }: TakeOptions = {},
): Promise<TakenItem[]> {
  const constants = JSON.stringify(currentConstants);
  const webhookURLs = webhookURLOf ? await webhookURLsOf(queries, ids, webhookURLOf) : {};
  const items = await queries.query<TakenItem & { sentConstants: Constants | null }>(
    `with found as (
      select item.id as found_id, state as found_in, worker_id as found_worker, webhook.url
      from sync3.item
      left join json_each_text($4::text::json) as webhook(task_uuid, url)
        on webhook.task_uuid = item.task_uuid::text
      where ${isListed}
        and ${isUnderWay} and next_look_at is null
        and (state <> 'queued' or not exists (
          select 1 from sync3.batch where batch.id = item.batch_id and held is not null
        ))
      order by item.id for update of item
    ),
    taken as (
      update sync3.item set
        state = case when state = 'queued' then 'submitting' else state end,
        sent_constants = case when state = 'queued' then $3::text::json else sent_constants end,
        sent_webhook_url = case when state = 'queued' then found.url else sent_webhook_url end,
        attempts = attempts + 1, worker_id = $2, updated_at = now(), last_move = null
      from found where id = found_id
      returning ${itemColumns}, found_in as "foundIn", found_worker, sent_constants as "sentConstants",
        sent_webhook_url as "sentWebhookURL"
    ),
    noted as (
      insert into sync3.move (item_id, state, worker_id)
      select id, state, $2 from taken
      where "foundIn" <> state or found_worker is distinct from $2
      order by id
    )
    select * from taken order by id`,
    [
      JSON.stringify(ids),
      workerId,
      // Most rows need none of their own.
      constants === JSON.stringify(firstConstants) ? null : constants,
      JSON.stringify(webhookURLs),
    ],
  );
  return items.map((item) => ({ ...item, sentConstants: item.sentConstants ?? firstConstants }));
}

/** By taskUUID, of the jobs that are not sent yet. A `webhookURL` of the manifest is left as it is. */
async function webhookURLsOf(
  queries: Queries,
  ids: readonly number[],
  webhookURLOf: (taskUUID: string) => Promise<string>,
): Promise<Record<string, string>> {
  const rows = await queries.query<{ taskUUID: string }>(
    `select task_uuid::text as "taskUUID" from sync3.item
    where ${isListed} and state = 'queued' and parameters -> 'webhookURL' is null`,
    [JSON.stringify(ids)],
    { isIdempotent: true },
  );
  const entries = rows.map(
    async ({ taskUUID }) => [taskUUID, await webhookURLOf(taskUUID)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
