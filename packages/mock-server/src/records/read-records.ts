import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExchangeRecord } from './record.js';

/** Reads the records of a folder, in their order. @throws {Error} there are none, or one is broken. */
export async function readRecords(
  folder: string,
): Promise<{ name: string; record: ExchangeRecord }[]> {
  const names = (await readdir(folder)).filter((name) => /^\d+-\w+\.json$/.test(name)).sort();
  if (names.length === 0) throw new Error(`There are no records in ${folder}.`);
  const records = [];
  for (const name of names) {
    const record = JSON.parse(await readFile(join(folder, name), 'utf8'));
    if (record.version !== 1) throw new Error(`${join(folder, name)} is no record.`);
    records.push({ name, record });
  }
  return records;
}
