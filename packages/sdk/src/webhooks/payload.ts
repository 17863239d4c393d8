import { isObject } from '../rules/check.js';
import { asList } from '../untrusted-json.js';

/** What a delivery says has happened; true only once the API says so too. */
export interface Claim {
  /** `result`: something has finished; it is not said what. */
  kind: 'video' | 'failure' | 'result';
  /** Of a video, in lower case; else `''`. */
  videoUUID: string;
}

export interface Payload {
  /** The tasks that it names, as they stand there: of any type. */
  taskUUIDs: unknown[];
  /** Each once. */
  claims: Claim[];
}

/**
 * Reads a delivery. Its shape is disputed: Runware's own skills show a flat row; receivers in use
 * expect `{ data: [...] }`, `{ errors: [...] }`, and so does older documentation `{ error }`. So each
 * is taken, and any of them together.
 *
 * @returns `undefined` when it is none of them, or is empty.
 */
export function readPayload(json: unknown): Payload | undefined {
  if (!isObject(json)) return undefined;
  const isRow = typeof json['taskUUID'] === 'string';
  const rows = [...(isRow ? [json] : []), ...asList(json['data']).filter(isObject)];
  const errors = [...asList(json['errors']), ...asList(json['error'])].filter(
    (error) => isObject(error) || typeof error === 'string',
  );
  if (rows.length + errors.length === 0) return undefined;
  const named = [...rows, ...rows.map((row) => row['error']), ...errors].filter(isObject);
  return {
    taskUUIDs: named
      .map((entry) => entry['taskUUID'] ?? undefined)
      .filter((uuid) => uuid !== undefined),
    claims: distinct([...rows.flatMap(claimOf), ...errors.map(() => failure)]),
  };
}

const failure: Claim = { kind: 'failure', videoUUID: '' };

function claimOf({ status, error, videoUUID }: Record<string, unknown>): Claim[] {
  if (status === 'processing' || status === 'pending') return [];
  if (status === 'error' || (!status && error)) return [failure];
  if (typeof videoUUID !== 'string') return [{ kind: 'result', videoUUID: '' }];
  return [{ kind: 'video', videoUUID: videoUUID.toLowerCase() }];
}

function distinct(claims: Claim[]): Claim[] {
  return [...new Map(claims.map((claim) => [claim.kind + claim.videoUUID, claim])).values()];
}
