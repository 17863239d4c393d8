import type { Database } from '../database/database.js';
import type { ContentFeed } from './content-feed.js';

/** What the routes of a page need. */
export interface PageWorld {
  database: Database;
  batch: string;
  batchId: number;
  outputDirectory: string;
  feed: ContentFeed;
  /** First part of each path, a secret, between slashes. */
  path: string;
  /** What an action has to carry. */
  token: string;
}
