import { Sync3 } from '@sync3/sdk';
import { recordJob } from './jobs.ts';

let client: Sync3 | undefined;

/**
 * Made when it is first needed: `next build` evaluates every route, and there is no key then. Each
 * job is recorded before the first byte is sent: whatever happens then, it is known.
 */
export function sync3(): Sync3 {
  client ??= new Sync3({ beforeSubmit: ({ taskUUID }) => void recordJob(taskUUID) });
  return client;
}
