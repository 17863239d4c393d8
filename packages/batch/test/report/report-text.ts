import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, type ReportOptions, writeReport } from '@sync3/batch';
import { temporaryFolder } from '../database/fresh-database.ts';

/** A report that was written. */
export interface WrittenReport {
  path: string;
  /** The file as it is. */
  markup: string;
  /** What there is to read in it. */
  text: string;
  items: number;
  bytes: number;
}

/** Writes a report beside the folder `output`, and reads it. */
export async function readReport(
  database: Database,
  options: Partial<ReportOptions> = {},
): Promise<WrittenReport> {
  const folder = temporaryFolder();
  const path = join(folder, 'report.html');
  const outputDirectory = join(folder, 'output');
  const summary = await writeReport(database, { path, outputDirectory, ...options });
  const markup = readFileSync(options.path ?? path, 'utf8');
  return { path: options.path ?? path, markup, text: textOf(markup), ...summary };
}

/** The text of a page, with one space between any two words. */
function textOf(markup: string): string {
  return markup
    .replace(/^.*<body>|<script>.*$/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');
}
