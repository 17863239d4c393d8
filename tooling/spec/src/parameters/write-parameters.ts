import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenApiDocument } from '../compose.ts';
import { readParameters } from './read-parameters.ts';

const index = `export type { Choice, Parameter } from './parameter.gen.js';
export { parameters } from './parameters.gen.js';
`;

/** Generates the entry `@sync3/generated/parameters`: what tools need to know of every parameter. */
export async function writeParameters(document: OpenApiDocument, folder: string): Promise<void> {
  const entries = readParameters(document).map((parameter) => JSON.stringify(parameter, null, 2));
  const list = `import type { Parameter } from './parameter.gen.js';

/**
 * Every parameter of \`VideoInferenceTask\`, in the order of the document, each before those that are
 * inside it.
 */
export const parameters: readonly Parameter[] = [
${entries.join(',\n')},
];
`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.ts'), index);
  await writeFile(join(folder, 'parameter.gen.ts'), await readFile(declaration, 'utf8'));
  await writeFile(join(folder, 'parameters.gen.ts'), list);
}

const declaration = new URL('parameter.ts', import.meta.url);
