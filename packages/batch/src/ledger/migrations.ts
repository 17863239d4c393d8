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
];
