import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reports } from './surface-reports.ts';

/** Lines of a difference that are shown of one report. */
const shownLines = 40;

/** How the committed reports differ from the packages; `undefined` when they do not. */
export function compareReports(committed: Reports, current: Reports): string | undefined {
  const paths = [...new Set([...committed.keys(), ...current.keys()])].sort();
  const differences = paths
    .map((path) => describe(path, committed.get(path), current.get(path)))
    .filter((difference) => difference !== undefined);
  if (differences.length === 0) return undefined;
  return `What the packages publish has changed. If that is meant, run "pnpm surface" and commit the reports; if users will notice, add a changeset, too.\n\n${differences.join('\n\n')}`;
}

function describe(path: string, committed?: string, current?: string): string | undefined {
  if (committed === current) return undefined;
  if (committed === undefined) return `${path}: there is no such report yet.`;
  if (current === undefined) return `${path}: there is no such entry any more.`;
  const lines = difference(committed, current);
  const rest = lines.length - shownLines;
  const more = rest > 0 ? [`... and ${rest} more lines`] : [];
  return [`${path}:`, ...lines.slice(0, shownLines), ...more].join('\n');
}

/** As git shows it, without its head. */
function difference(committed: string, current: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'sync3-surface-'));
  try {
    writeFileSync(join(folder, 'committed'), committed);
    writeFileSync(join(folder, 'current'), current);
    const parameters = [
      'diff',
      '--no-index',
      '--no-ext-diff',
      '--no-color',
      '--unified=2',
      'committed',
      'current',
    ];
    const { stdout, error } = spawnSync('git', parameters, { cwd: folder, encoding: 'utf8' });
    if (error) throw error;
    const lines = stdout.trimEnd().split('\n');
    return lines.slice(lines.findIndex((line) => line.startsWith('@@')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
