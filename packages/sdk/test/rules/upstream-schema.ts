import { readFileSync } from 'node:fs';

/** A JSON Schema, as far as the tests walk it. */
export interface Schema {
  [keyword: string]: unknown;
}

const file = new URL('../../../../openapi/upstream/sync-3.json', import.meta.url);

/** The schema of one task, verbatim from Runware: `RequestBody.items`. */
export const upstreamSchema: Schema = JSON.parse(readFileSync(file, 'utf8')).components.schemas
  .RequestBody.items;
