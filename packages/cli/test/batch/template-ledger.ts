import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@sync3/batch';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The directory of an empty ledger, for tests to copy. */
    templateLedger: string;
  }
}

/** Makes one empty ledger for all tests to copy, as making one takes seconds. */
export default async function setup(project: TestProject): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), 'sync3-cli-ledger-'));
  const database = await openDatabase({ directory });
  await database.close();
  project.provide('templateLedger', directory);
  return () => rmSync(directory, { recursive: true, force: true });
}
