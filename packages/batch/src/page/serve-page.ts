import { randomBytes } from 'node:crypto';
import type { Database } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import { startLocalServer } from '../serve/local-server.js';
import { ContentFeed } from './content-feed.js';
import { createRoutes } from './page-routes.js';
import { sectionReaders } from './read-content.js';

/** What a live page is made of. */
export interface PageOptions {
  /** Name of the batch. @default 'default' */
  batch?: string | undefined;
  /** The folder that results are written to; the page serves them from there, and nothing else. */
  outputDirectory: string;
  /** Port on 127.0.0.1. @default one that is free */
  port?: number | undefined;
}

/** A live page that is being served. */
export interface LivePage {
  /**
   * What to open in a browser. Who knows it can act on the batch: its path is a secret, as other users
   * of the machine reach 127.0.0.1 too.
   */
  readonly url: string;
  /** Ends all connections. The database stays open. */
  close(): Promise<void>;
}

/** The newest videos on the live page. */
const mostResults = 24;

/**
 * Serves a page on 127.0.0.1 that shows a batch as it goes on: progress, money, pace, failures, workers,
 * the newest results and each item's life; and on which a person retries, drops, cancels, pauses, resumes
 * and sets priorities. The database is read once a second while somebody watches, less often where a read
 * takes long, and not at all while nobody does. It runs until `close`.
 *
 * @throws {BatchError} nobody has planned such a batch, or the port is not free.
 *
 * @example
 * const page = await servePage(database, { outputDirectory: 'output' });
 * console.log(page.url);
 */
export async function servePage(
  database: Database,
  { batch = 'default', outputDirectory, port = 0 }: PageOptions,
): Promise<LivePage> {
  const batchId = await findBatch(database, batch);
  const feed = new ContentFeed(database, await sectionReaders(database, batch, mostResults));
  const path = `/${randomBytes(16).toString('base64url')}/`;
  const token = randomBytes(32).toString('base64url');
  const routes = createRoutes({ database, batch, batchId, outputDirectory, feed, path, token });
  const server = await startLocalServer(
    { port, otherwise: `The page cannot be served on port ${port}` },
    routes,
  );
  return {
    url: `${server.url}${path}`,
    async close() {
      await Promise.all([server.close(), feed.close()]);
    },
  };
}
