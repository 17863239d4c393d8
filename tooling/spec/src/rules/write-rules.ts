import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenApiDocument } from '../compose.ts';
import { RulePrinter } from './print-rules.ts';
import { readRules } from './read-rules.ts';

const runtime = new URL('runtime/', import.meta.url);
const note = '// This file is generated from the composed document by tooling/spec/src/rules.';

/**
 * Writes the rules about a task that the document states at one place, and what they need at run
 * time. The same document always gives the same bytes.
 *
 * @throws {SpecError} the document says something of which no rule can be made.
 */
export async function writeRules(document: OpenApiDocument, folder: string): Promise<void> {
  const { task } = readRules(document);
  const rules = new RulePrinter().print('VideoInferenceTask', task);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const files: [name: string, text: string][] = [
    ['rules.gen.ts', rules],
    ['index.ts', index],
  ];
  for (const name of await readdir(runtime)) {
    const text = await readFile(new URL(name, runtime), 'utf8');
    files.push([
      name.replace('.ts', '.gen.ts'),
      text.replace(/(from '\.\/\w+)\.ts'/g, "$1.gen.js'"),
    ]);
  }
  for (const [name, text] of files) {
    await writeFile(join(folder, name), `${note}\n\n${text.trimEnd()}\n`);
  }
}

const index = `export { hasDecimals } from './decimals.gen.js';
export {
  at,
  type CrossField,
  fail,
  type Issue,
  isObject,
  type JsonObject,
  type Key,
  nameOf,
  type ObjectCheck,
  type Place,
  pointerOf,
  report,
} from './findings.gen.js';
export { isMediaReference, isUri, isUuid, localFile } from './formats.gen.js';
export { checkVideoInferenceTask } from './rules.gen.js';
`;
