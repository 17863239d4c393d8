import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Hands a text to a program through a file, which is gone afterwards. */
export async function withBodyFile<Result>(
  body: string,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'sync3-body-'));
  try {
    const path = join(folder, 'body.md');
    writeFileSync(path, body);
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
