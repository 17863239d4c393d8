import type { Queries } from '../database/database.js';
import type { Item } from '../ledger/item.js';
import type { Payload } from '../ledger/retry-item.js';
import { findUpload, insertUploads } from '../ledger/uploads.js';
import type { MediaFile, MediaFiles } from '../manifest/media-files.js';
import { setAt } from '../manifest/media-places.js';
import { outputName } from '../manifest/output-name.js';
import { payloadHash } from '../manifest/payload-hash.js';

/**
 * What a new job of an item is made of: its parameters, with each local file as it is on the disk now,
 * because a file may have been mended since the job failed. A file that is not there, as on another
 * machine, or is no medium any more, stays the one that was planned.
 *
 * @param files of the ledger's machine; a path in the ledger is absolute.
 */
export async function payloadOfNow(
  queries: Queries,
  item: Item,
  files: MediaFiles,
): Promise<Payload> {
  const changed = new Map<string, MediaFile>();
  for (const { sha256, path, pointer } of item.media) {
    const known = path ?? (await findUpload(queries, { batch: item.batch, sha256 }))?.path;
    if (known === undefined || (await files.faultOf(known)) !== undefined) continue;
    const file = await files.identify(known).catch(() => undefined);
    if (file && file.sha256 !== sha256) changed.set(pointer, file);
  }
  if (changed.size === 0) return item;
  const [batch] = await queries.query<{ id: number }>(
    'select id from sync3.batch where name = $1',
    [item.batch],
    { isIdempotent: true },
  );
  await insertUploads(queries, batch?.id ?? 0, [...changed.values()]);
  const media = item.media.map((reference) => {
    const file = changed.get(reference.pointer);
    return file ? { ...reference, sha256: file.sha256, path: file.path } : reference;
  });
  const parameters = structuredClone(item.parameters);
  for (const { pointer, sha256 } of media) setAt(parameters, pointer, `sha256:${sha256}`);
  const hash = payloadHash(parameters);
  // A key that nobody has given follows from the payload, as when the manifest is planned again.
  const key = item.key === item.payloadHash ? hash : item.key;
  return { key, payloadHash: hash, parameters, media, output: renamedOutput(item, key) };
}

/** An output that nobody has given follows from the key. */
function renamedOutput({ key: formerKey, output, outputs, parameters }: Item, key: string): string {
  if (outputs) return output;
  const nameOf = (text: string) => {
    const named = outputName(text, parameters['outputFormat']);
    return 'name' in named ? named.name : undefined;
  };
  return nameOf(formerKey) === output ? (nameOf(key) ?? output) : output;
}
