/**
 * The tables, version by version: the first entry makes version 1 out of nothing. What was published
 * is never edited; a change is a new entry.
 */
export const migrations: readonly string[][] = [
  [
    `create table sync3.batch (
      id integer generated always as identity primary key,
      name text not null unique,
      -- Of all workers together; null is no limit, and max_cost is in USD.
      concurrency integer not null default 4 check (concurrency >= 1),
      submits_per_second numeric(14, 6) check (submits_per_second > 0),
      max_cost numeric(14, 6) check (max_cost >= 0),
      -- Submits that the rate allows at once, as of tokens_at.
      tokens double precision not null default 0,
      tokens_at timestamptz not null default now(),
      -- The API has said 429; nothing is submitted until then.
      paused_until timestamptz,
      pause_seconds double precision not null default 0,
      created_at timestamptz not null default now()
    )`,

    // One row each process that works on the batch, or has.
    `create table sync3.worker (
      id uuid primary key,
      batch_id integer not null references sync3.batch,
      host text not null,
      pid integer not null,
      started_at timestamptz not null default now(),
      seen_at timestamptz not null default now(),
      stopped_at timestamptz
    )`,

    // One row each time that items are planned.
    `create table sync3.plan (
      id integer generated always as identity primary key,
      batch_id integer not null references sync3.batch,
      source text not null,
      planned_at timestamptz not null default now()
    )`,

    // Costs are in USD. parameters is json and not jsonb, which takes no U+0000 in a text.
    `create table sync3.item (
      id bigint generated always as identity primary key,
      batch_id integer not null,
      plan_id integer not null,
      line integer not null,
      key text not null,
      payload_hash text not null,
      task_uuid uuid not null,
      retries integer not null default 0,
      parameters json not null,
      media json not null,
      output text not null,
      output_folded text not null,
      state text not null default 'planned' check (state in (
        'planned', 'submitting', 'submitted', 'succeeded', 'partially-failed', 'failed', 'ambiguous'
      )),
      attempts integer not null default 0,
      last_move uuid,
      -- Given to the workers, until it is settled or set aside.
      released_at timestamptz,
      -- The API has finished with it; it takes no place among the jobs under way any more.
      rendered_at timestamptz,
      worker_id uuid,
      estimated_cost numeric(14, 6) check (estimated_cost >= 0),
      actual_cost numeric(14, 6) check (actual_cost >= 0),
      files json not null default '[]',
      error json,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      submitted_at timestamptz,
      settled_at timestamptz,
      unique (batch_id, key),
      unique (batch_id, output_folded)
    )`,
    `create index item_state on sync3.item (batch_id, state, id)`,
    `create index item_released on sync3.item (batch_id, id)
      where released_at is not null and settled_at is null`,

    // mediaUUIDs belong to an account, as a batch does; so each batch has uploads of its own.
    `create table sync3.upload (
      batch_id integer not null,
      sha256 text not null,
      path text not null,
      bytes bigint not null,
      state text not null default 'waiting' check (state in ('waiting', 'uploading', 'stored')),
      uploading_until timestamptz,
      media_uuid text,
      error text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (batch_id, sha256)
    )`,
  ],

  [
    // Of a job that may have been sent, what the SDK filled in then; null: see firstConstants.
    'alter table sync3.item add column sent_constants json',
  ],

  [
    // While it is set no worker begins a job; see Hold.
    'alter table sync3.batch add column held json',
    // So many jobs that failed in a row of one cause hold the batch; null is no limit.
    'alter table sync3.batch add column max_failures integer default 20 check (max_failures >= 1)',
    // USD of the jobs whose cost the API has named, those of earlier tries of an item among them.
    'alter table sync3.batch add column spent numeric(20, 6) not null default 0',
    // USD, estimates of the jobs that have ended and whose cost the API has not named.
    'alter table sync3.batch add column uncertain numeric(20, 6) not null default 0',
    // The largest actual cost divided by its estimate; null while no actual cost is known.
    'alter table sync3.batch add column cost_ratio double precision',
    // Whether the API has accepted a job since the run began, or a person has said to go on.
    'alter table sync3.batch add column is_proven boolean not null default false',
    // The items that were refused in a row with the same code, and a code that a person lets pass.
    'alter table sync3.batch add column refused_code text',
    `alter table sync3.batch add column refused bigint[] not null default '{}'`,
    'alter table sync3.batch add column allowed_code text',
    // How many jobs have failed in a row with the same code.
    'alter table sync3.batch add column failure_code text',
    'alter table sync3.batch add column failures integer not null default 0',

    // The life of an item: a row each time that its state or its worker changes.
    `create table sync3.move (
      id bigint generated always as identity,
      item_id bigint not null,
      at timestamptz not null default now(),
      state text not null,
      worker_id uuid,
      -- Of the error with which it came there.
      code text,
      message text,
      primary key (item_id, id)
    )`,

    'alter table sync3.item drop constraint item_state_check',
    // Under a new name, so that a worker of an earlier version stops instead of going by it.
    'alter table sync3.item rename column released_at to queued_at',
    // When an item that cannot be settled now is looked at again; of a planned one, not begun before.
    'alter table sync3.item add column next_look_at timestamptz',
    // How many looks in a row have not settled it.
    'alter table sync3.item add column looks integer not null default 0',
    // Higher is begun first.
    'alter table sync3.item add column priority integer not null default 0',
    // New jobs that were begun by a rule, and not by a person, since a person last asked for one.
    'alter table sync3.item add column automatic_retries integer not null default 0',
    // Of an ambiguous one: the API has said that it does not know the job, which so takes no place.
    'alter table sync3.item add column is_gone boolean not null default false',
    `update sync3.item set state = case
        when state = 'planned' then 'queued'
        when rendered_at is not null then 'rendered'
        else state
      end
    where settled_at is null and (
      (state = 'planned' and queued_at is not null)
      or (state in ('submitted', 'ambiguous') and rendered_at is not null)
    )`,
    // A job that was submitted became ambiguous when the API did not know it any more.
    `update sync3.item set is_gone = true
    where state = 'ambiguous' and submitted_at is not null`,
    // Errors are objects that JSON.stringify has written. As jsonb one may be refused, for U+0000.
    `update sync3.item
    set error = (left(error::text, -1) || ',"canRetry":true}')::json
    where error::text like '{%}'`,
    `update sync3.batch set
      spent = sum.spent, uncertain = sum.uncertain, cost_ratio = sum.cost_ratio
    from (
      select batch_id,
        coalesce(sum(actual_cost), 0) as spent,
        coalesce(sum(estimated_cost) filter (
          where actual_cost is null and submitted_at is not null and settled_at is not null
        ), 0) as uncertain,
        max(actual_cost / nullif(estimated_cost, 0)) as cost_ratio
      from sync3.item group by batch_id
    ) as sum
    where batch.id = sum.batch_id`,
    `alter table sync3.item add constraint item_state_check check (state in (
      'planned', 'queued', 'submitting', 'submitted', 'rendered',
      'succeeded', 'partially-failed', 'failed', 'ambiguous'
    ))`,
    `create index item_later on sync3.item (batch_id, next_look_at) where next_look_at is not null`,
    'drop index sync3.item_state',
    'drop index sync3.item_released',
    // Each item is in one of them, as each costs time when a million is planned.
    `create index item_planned on sync3.item (batch_id, priority desc, id) where state = 'planned'`,
    `create index item_under_way on sync3.item (batch_id, id)
      where state in ('queued', 'submitting', 'submitted', 'rendered', 'ambiguous')`,
    `create index item_settled on sync3.item (batch_id, state, id)
      where state in ('succeeded', 'partially-failed', 'failed')`,
    // For the newest results, and how many settled of late.
    `create index item_settled_at on sync3.item (batch_id, settled_at)
      where settled_at is not null`,
  ],

  [
    // Texts for people from the manifest, by their names.
    'alter table sync3.item add column notes json',
  ],

  [
    // Names of the results, where the manifest gives each its own; output is the first of them.
    'alter table sync3.item add column outputs json',
    'alter table sync3.item add column outputs_folded json',
    `create index item_outputs on sync3.item (batch_id) where outputs is not null`,
  ],

  [
    // Of a job that may have been sent, the webhookURL that was added to its parameters. The token in it
    // lets somebody announce news of this one job, and nothing else.
    'alter table sync3.item add column sent_webhook_url text',
    // When a webhook delivery announced news of its job; null once its worker has taken note.
    'alter table sync3.item add column announced_at timestamptz',
    // Without those that are planned, as each index costs time when a million is.
    `create index item_task on sync3.item (task_uuid) where state <> 'planned'`,
    `create index item_announced on sync3.item (batch_id, worker_id) where announced_at is not null`,
  ],
];
