// What the reader of a snippet has already: a client, a job, an application of their own.
import type { LipsyncParams, Sync3 } from '@sync3/sdk';

declare global {
  const sync3: Sync3;
  const params: LipsyncParams;
  const jobs: AsyncIterable<LipsyncParams>;
  const signal: AbortSignal;
  const sessionToken: string;
  function sessionOf(request: Request): Promise<{ userId: string } | null>;
  function mayDo(session: { userId: string } | null, tasks: readonly object[]): boolean;
  const database: {
    insert(taskUUID: string): Promise<void>;
    save(taskUUID: string, url: string): Promise<void>;
    fail(taskUUID: string, reason: string): Promise<void>;
  };
}
