import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { OpenApiDocument } from '../compose.ts';
import { SpecError } from '../spec-error.ts';

/** One place that differs, as `redocly diff` reports it. */
export interface Difference {
  /** The way to the place from the root, through references; the same in both documents. */
  path: string;
  /** What kind of thing changed: `Schema`, `Response`, `Server`, … */
  typeName: string;
  kind: 'added' | 'removed' | 'modified';
  /** For `modified`, the name of what changed in it. */
  property?: string;
  impact: 'major' | 'minor' | 'patch';
  verdicts: { message: string }[];
  /** Where it stands in the old document. */
  base?: { pointer: string };
  /** Where it stands in the new document. */
  revision?: { pointer: string };
}

const run = promisify(execFile);
const redocly = join(
  dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')),
  'bin/cli.js',
);
/** It tells nobody that it runs, and asks nobody whether there is a newer one. */
const environment = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

/**
 * The places at which two documents differ.
 *
 * @throws {SpecError} `redocly diff` cannot read one of them; with what it says.
 */
export async function findDifferences(
  old: OpenApiDocument,
  current: OpenApiDocument,
): Promise<Difference[]> {
  // A folder of its own: no configuration lies there that it would read.
  const folder = await mkdtemp(join(tmpdir(), 'sync3-diff-'));
  try {
    await writeFile(join(folder, 'old.json'), JSON.stringify(old));
    await writeFile(join(folder, 'new.json'), JSON.stringify(current));
    const options = ['--format', 'json', '--output', 'report.json', '--fail-on', 'none'];
    await run(process.execPath, [redocly, 'diff', 'old.json', 'new.json', ...options], {
      cwd: folder,
      env: { ...process.env, ...environment },
    }).catch((error: { stderr: string }) => {
      throw new SpecError(`The documents cannot be compared: ${error.stderr.trim()}`);
    });
    return JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')).changes;
  } finally {
    await rm(folder, { recursive: true });
  }
}
