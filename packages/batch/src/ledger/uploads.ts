import type { Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import type { MediaFile } from '../manifest/media-files.js';
import { setAt } from '../manifest/media-places.js';
import type { Item } from './item.js';

/** A local file that a batch uploads once, however many of its items use it. */
export interface Upload {
  batch: string;
  /** SHA-256 of the content, in hex. */
  sha256: string;
  /** Where the file was when it was planned, absolute, on the machine that planned. */
  path: string;
  bytes: number;
  /** `uploading` until `uploadingUntil`, when another worker may begin anew: storing is free. */
  state: 'waiting' | 'uploading' | 'stored';
  uploadingUntil: Date | null;
  mediaUUID: string | null;
  /** Why the last attempt failed. */
  error: string | null;
}

const columns = `
  (select name from sync3.batch where batch.id = upload.batch_id) as batch,
  upload.sha256, upload.path, upload.bytes, upload.state,
  upload.uploading_until as "uploadingUntil",
  upload.media_uuid as "mediaUUID",
  upload.error`;
const whichUpload = 'batch_id = (select id from sync3.batch where name = $1) and sha256 = $2';

/** Names one upload. */
export type UploadName = Pick<Upload, 'batch' | 'sha256'>;

/** Records the local files of items that are planned, each content once. */
export async function insertUploads(
  queries: Queries,
  batchId: number,
  mediaFiles: readonly MediaFile[],
): Promise<void> {
  const files = new Map(mediaFiles.map((file) => [file.sha256, file]));
  if (files.size === 0) return;
  await queries.query(
    // A file that has not been stored yet is looked for where it was seen last.
    `insert into sync3.upload (batch_id, sha256, path, bytes)
    select $2, sha256, path, bytes
    from json_to_recordset($1::text::json) as given(sha256 text, path text, bytes bigint)
    on conflict (batch_id, sha256) do update set path = excluded.path, updated_at = now()
      where upload.state <> 'stored' and upload.path <> excluded.path`,
    [JSON.stringify([...files.values()]), batchId],
  );
}

/** Reads an upload; `undefined` when no item of the batch uses such a file. */
export async function findUpload(
  queries: Queries,
  { batch, sha256 }: UploadName,
): Promise<Upload | undefined> {
  const [upload] = await queries.query<Upload>(
    `select ${columns} from sync3.upload where ${whichUpload}`,
    [batch, sha256],
    { isIdempotent: true },
  );
  return upload;
}

/**
 * Takes an upload, so that no other worker begins it too.
 *
 * @param leaseSeconds after so long others may take it, as this worker may have died.
 * @returns the upload; `undefined` when it is stored, or somebody else has it.
 */
export async function takeUpload(
  queries: Queries,
  { batch, sha256 }: UploadName,
  leaseSeconds: number,
): Promise<Upload | undefined> {
  const [upload] = await queries.query<Upload>(
    `update sync3.upload set
      state = 'uploading',
      uploading_until = now() + make_interval(secs => $3),
      updated_at = now()
    where ${whichUpload}
      and (state = 'waiting' or (state = 'uploading' and uploading_until < now()))
    returning ${columns}`,
    [batch, sha256, leaseSeconds],
  );
  return upload;
}

/** Keeps an upload that is under way for so many seconds more. */
export async function renewUpload(
  queries: Queries,
  { batch, sha256 }: UploadName,
  leaseSeconds: number,
): Promise<void> {
  await queries.query(
    `update sync3.upload set uploading_until = now() + make_interval(secs => $3)
    where ${whichUpload} and state = 'uploading'`,
    [batch, sha256, leaseSeconds],
    { isIdempotent: true },
  );
}

/** Records that a file is stored, under the UUID that stands for it in requests. */
export async function finishUpload(
  queries: Queries,
  { batch, sha256 }: UploadName,
  mediaUUID: string,
): Promise<void> {
  await queries.query(
    `update sync3.upload set
      state = 'stored', media_uuid = $3, uploading_until = null, error = null, updated_at = now()
    where ${whichUpload}`,
    [batch, sha256, mediaUUID],
    { isIdempotent: true },
  );
}

/** Gives an upload back that failed, or a stored one that the API no longer knows. */
export async function releaseUpload(
  queries: Queries,
  { batch, sha256 }: UploadName,
  error: string,
): Promise<void> {
  await queries.query(
    `update sync3.upload set
      state = 'waiting', media_uuid = null, uploading_until = null, error = $3, updated_at = now()
    where ${whichUpload}`,
    [batch, sha256, error],
    { isIdempotent: true },
  );
}

/**
 * The parameters of an item as the SDK takes them: each local file as the UUID that it was stored
 * under.
 *
 * @param mediaUUIDOf gives the UUID for a content hash.
 * @throws {BatchError} a file has none yet.
 */
export function parametersWithMedia(
  { key, parameters, media }: Pick<Item, 'key' | 'parameters' | 'media'>,
  mediaUUIDOf: (sha256: string) => string | null | undefined,
): Record<string, unknown> {
  const complete = structuredClone(parameters);
  for (const { pointer, sha256 } of media) {
    const mediaUUID = mediaUUIDOf(sha256);
    if (!mediaUUID)
      throw new BatchError(`A file of item "${key}" is not uploaded yet: ${pointer}.`);
    setAt(complete, pointer, mediaUUID);
  }
  return complete;
}

/**
 * Forgets what the local files of a batch were stored as, so that each is stored anew when an item
 * needs it: for an API that has lost them, or another account. Nothing that was submitted changes.
 */
export async function forgetUploads(queries: Queries, batch: string): Promise<void> {
  await queries.query(
    `update sync3.upload set
      state = 'waiting', media_uuid = null, uploading_until = null, updated_at = now()
    where batch_id = (select id from sync3.batch where name = $1) and state = 'stored'`,
    [batch],
    { isIdempotent: true },
  );
}
