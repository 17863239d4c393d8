import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the reference of parameters says about one; `undefined` when it does not list it. */
export function referenceOf(root: string, name: string): string | undefined {
  const path = join(root, 'docs/parameters.md');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.find((line) => line.startsWith('|') && line.includes(`\`${name}\``));
}

/** The option of the command that a line of the reference names. */
export function optionIn(line: string): string | undefined {
  return /`(--[\w-]+)/.exec(line)?.[1];
}
