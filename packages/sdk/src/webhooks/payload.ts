import { isObject } from '@sync3/generated/rules';
import { asList } from '../wire/untrusted-json.js';

/** What a delivery says has happened; true only once the API says so too. */
export interface Announcement {
  /** `result`: something has finished; it is not said what. */
  kind: 'video' | 'failure' | 'result';
  /** Of a video, in lower case; else `''`. */
  videoUUID: string;
}

export interface Payload {
  /** The tasks that it names, as they stand there: of any type. */
  taskUUIDs: unknown[];
  /** Without repetitions. */
  announcements: Announcement[];
}

/**
 * Reads the JSON of a delivery. Sources disagree on its shape: Runware's own skills show a flat row,
 * receivers in use expect `{ data: [...] }` or `{ errors: [...] }`, older documentation has `{ error }`.
 * Each is accepted, and any of them together.
 *
 * @returns `undefined` when it has none of these shapes, or nothing in them.
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
    announcements: distinct([...rows.flatMap(announcementsOf), ...errors.map(() => failure)]),
  };
}

const failure: Announcement = { kind: 'failure', videoUUID: '' };

function announcementsOf({ status, error, videoUUID }: Record<string, unknown>): Announcement[] {
  if (status === 'processing' || status === 'pending') return [];
  if (status === 'error' || (!status && error)) return [failure];
  if (typeof videoUUID !== 'string') return [{ kind: 'result', videoUUID: '' }];
  return [{ kind: 'video', videoUUID: videoUUID.toLowerCase() }];
}

function distinct(announcements: Announcement[]): Announcement[] {
  return [...new Map(announcements.map((each) => [each.kind + each.videoUUID, each])).values()];
}
