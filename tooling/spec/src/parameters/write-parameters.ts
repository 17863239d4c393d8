import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenApiDocument } from '../compose.ts';
import { listRules } from '../rules/rule-name.ts';
import { nameOf } from './name-of.ts';
import type { Parameter } from './parameter.ts';
import { readParameters } from './read-parameters.ts';

const index = `export type { Choice, Parameter } from './parameter.gen.js';
export { type MediaName, parameters, type UrlName } from './parameters.gen.js';
`;

/** Generates the entry `@sync3/generated/parameters`: what tools need to know of every parameter. */
export async function writeParameters(document: OpenApiDocument, folder: string): Promise<void> {
  const parameters = readParameters(document, listRules(document));
  const entries = parameters.map((parameter) => JSON.stringify(parameter, null, 2));
  const media = parameters.filter(({ isMedia }) => isMedia);
  const urls = parameters.filter(({ format }) => format === 'uri');
  const list = `import type { Parameter } from './parameter.gen.js';

/**
 * Every parameter of \`VideoInferenceTask\`, in the order of the document, each before those that are
 * inside it.
 */
export const parameters: readonly Parameter[] = [
${entries.join(',\n')},
];

/** The names of the parameters that take a media UUID or the URL of a file. */
export type MediaName = ${union(media)};

/** The names of the parameters that take a URL, but no media. */
export type UrlName = ${union(urls)};
`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.ts'), index);
  await writeFile(join(folder, 'parameter.gen.ts'), await readFile(declaration, 'utf8'));
  await writeFile(join(folder, 'parameters.gen.ts'), list);
}

const declaration = new URL('parameter.ts', import.meta.url);

/** The names of parameters as a type. */
const union = (parameters: Parameter[]): string =>
  parameters.map(({ path }) => JSON.stringify(nameOf(path))).join(' | ') || 'never';
