import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LineProblem, Manifest, type PlanOptions, planBatch } from '@sync3/batch';
import { findItems } from '../../src/ledger/item.ts';
import { openFresh, temporaryFolder } from '../database/fresh-database.ts';

/** What came of planning a file: its items and what was wrong, or the message of the error. */
export async function planFile(
  name: string,
  content: string | Uint8Array,
  options: PlanOptions = {},
) {
  const folder = temporaryFolder();
  const path = join(folder, name);
  writeFileSync(path, content);
  // PostgreSQL, as a new database of it costs little; what databases do is tested elsewhere.
  const { database } = await openFresh('postgres');
  const problems: LineProblem[] = [];
  const onProblem = (problem: LineProblem) => void problems.push(problem);
  const outcome = await planBatch(new Manifest(path), database, { onProblem, ...options }).then(
    (summary) => ({ summary, error: '' }),
    (error: Error) => ({ summary: undefined, error: error.message }),
  );
  return { ...outcome, problems, items: await findItems(database, 'true order by id'), path };
}

/** A line of JSONL with the parameters of a correct request. */
export function line(changes: Record<string, unknown> = {}): string {
  const inputs = { video: 'https://example.com/a.mp4', audio: 'https://example.com/a.wav' };
  return JSON.stringify({ inputs, ...changes });
}
