import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, type ReportOptions, writeReport } from '@sync3/batch';
import type { PageData } from '../../src/page/page-content.ts';
import { temporaryFolder } from '../database/fresh-database.ts';

/** A report that was written. */
export interface SavedReport {
  path: string;
  /** The file as it is. */
  markup: string;
  /** What its script shows. */
  data: Extract<PageData, { kind: 'saved' }>;
  items: number;
  bytes: number;
}

/** Writes a report beside the folder `output`, and reads it. */
export async function saveReport(
  database: Database,
  options: Partial<ReportOptions> = {},
): Promise<SavedReport> {
  const folder = temporaryFolder();
  const path = options.path ?? join(folder, 'report.html');
  const outputDirectory = join(folder, 'output');
  const summary = await writeReport(database, { outputDirectory, ...options, path });
  const markup = readFileSync(path, 'utf8');
  const [, json = ''] = /id="data">(.*?)<\/script>/s.exec(markup) ?? [];
  return { path, markup, data: JSON.parse(json), ...summary };
}
