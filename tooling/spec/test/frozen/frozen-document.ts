import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Part } from '../diff/document-parts.ts';

/**
 * The document of sync-3 as Runware published it in November 2026. The tests of the tooling change it
 * to see what becomes of that; it stays as it is when the committed document follows Runware.
 */
export const frozenPath = fileURLToPath(new URL('sync-3.json', import.meta.url));

export const frozenText = readFileSync(frozenPath, 'utf8');

export const frozenDocument = (): Part => JSON.parse(frozenText);
