import { readFileSync } from 'node:fs';

/** What the `package.json` of this package says. */
export const { version, peerDependencies } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string; peerDependencies: Record<string, string> };
