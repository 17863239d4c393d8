import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { MockServerOptions } from '@sync3/mock-server';
import { onTestFinished } from 'vitest';
import { open } from './start.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface ChangedDocument {
  components: { schemas: Record<string, { properties: Record<string, unknown> }> };
}

/**
 * A server like that of `start`, of a package that carries another document: one of tomorrow, that
 * nobody has told the emulator about.
 */
export async function startWithDocument(
  change: (schemas: ChangedDocument['components']['schemas']) => void,
  options: MockServerOptions = {},
) {
  // Where the dependencies of the package are found.
  const folder = mkdtempSync(join(root, 'node_modules/.changed-document-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, 'dist'), folder, { recursive: true });
  const path = join(folder, 'sync-3.openapi.json');
  const document: ChangedDocument = JSON.parse(readFileSync(path, 'utf8'));
  change(document.components.schemas);
  writeFileSync(path, JSON.stringify(document));
  const { startMockServer } = await import(pathToFileURL(join(folder, 'index.js')).href);
  const started = await open(options, startMockServer);
  onTestFinished(() => started.mock.close());
  return started;
}

/** Upstream gains a choice of the sync mode and a setting. */
export function addLoopAndTemperature(schemas: ChangedDocument['components']['schemas']): void {
  Object.assign(schemas, { SyncMode: { type: 'string', enum: ['cut_off', 'remap', 'loop'] } });
  Object.assign(schemas['Settings']?.properties ?? {}, { temperature: { type: 'number' } });
}
