import { createHash } from 'node:crypto';
import { isObject } from '@sync3/generated/rules';
import { firstConstants } from '../ledger/constants.js';
import { canonicalJson } from './canonical-json.js';

/**
 * SHA-256 of what a manifest line asks for, in hex: of its parameters as canonical JSON, in which a
 * constant that the line leaves out is written as the first release of the ledger wrote it. So the hash
 * follows from the line alone. A renamed model or another default in Runware's document changes no hash,
 * and no taskUUID, which follows from it: nothing that was planned is planned, and paid for, once more.
 *
 * @param parameters plain JSON, with `sha256:…` where local files are meant.
 */
export function payloadHash(parameters: Record<string, unknown>): string {
  const { voice, ...constants } = firstConstants;
  const { speech } = parameters;
  const payload = {
    ...constants,
    ...parameters,
    ...(isObject(speech) && { speech: { voice, ...speech } }),
  };
  return createHash('sha256').update(canonicalJson(payload)).digest('hex');
}
