import { createHash } from 'node:crypto';

/** What decides which job an item is. */
export interface ItemIdentity {
  batch: string;
  key: string;
  payloadHash: string;
  retries: number;
}

/**
 * The taskUUID of an item: it has the form of version 4, and is always the same for the same item,
 * also in another database. So even a batch whose ledger was lost pays for no job twice.
 */
export function taskUUIDOf({ batch, key, payloadHash, retries }: ItemIdentity): string {
  const name = JSON.stringify(['sync3 batch', batch, key, payloadHash, retries]);
  const hex = createHash('sha256').update(name).digest('hex');
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(12, 15)}`,
    `8${hex.slice(15, 18)}`,
    hex.slice(18, 30),
  ];
  return groups.join('-');
}
