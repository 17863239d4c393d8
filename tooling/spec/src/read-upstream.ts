import { readFile } from 'node:fs/promises';
import type { OpenApiDocument } from './compose.ts';

/** Reads the committed upstream document, which was checked when it was committed. */
export async function readUpstream(path: string): Promise<OpenApiDocument> {
  return JSON.parse(await readFile(path, 'utf8'));
}
