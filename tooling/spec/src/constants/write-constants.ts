import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenApiDocument } from '../compose.ts';
import { readConstants } from './read-constants.ts';

const index = `export {
  askForCost,
  baseUrl,
  defaultNumberResults,
  defaults,
  defaultVoice,
  mediaPaths,
  model,
  taskConstants,
  taskType,
  urlPaths,
} from './constants.gen.js';
`;

/** Generates the entry `@sync3/generated/constants`: what the document fixes, one export each. */
export async function writeConstants(document: OpenApiDocument, folder: string): Promise<void> {
  const { defaults, mediaPaths, urlPaths, baseUrl, askForCost, ...sent } = readConstants(document);
  const { numberResults = 1, 'speech.voice': voice } = defaults;
  const code = `/** Where requests go: the document's first server and its path, without a trailing slash. */
export const baseUrl: string = ${text(baseUrl)};

/** The \`taskType\` of a lip-sync job. */
export const taskType = ${text(sent.taskType)} as const;

/** The \`model\` of a lip-sync job; the first where the document lists several. */
export const model = ${text(sent.model)} as const;

/**
 * What every lip-sync job is sent with. Its \`deliveryMethod\`, where the document has one, is that whose
 * results are asked for with \`getResponse\`.
 */
export const taskConstants = ${text(sent)} as const;

/** What makes the API tell what a job costs; empty where the document has no parameter for it. */
export const askForCost = ${text(askForCost)} as const;

/** The number of results of a job that does not say how many; 1 where the document has no default. */
export const defaultNumberResults: number = ${text(numberResults)};

/** The default of \`speech.voice\`; undefined where the document has none. */
export const defaultVoice: string | undefined = ${text(voice)};

/** Where a task holds media: names from its root; \`[]\` stands for an element of a list. */
export const mediaPaths: readonly (readonly string[])[] = ${JSON.stringify(mediaPaths)};

/** Where a task holds a URL of anything else. */
export const urlPaths: readonly (readonly string[])[] = ${JSON.stringify(urlPaths)};

/** Every default, by the name that rules use, such as \`settings.syncMode\`. */
export const defaults: Readonly<Record<string, unknown>> = ${JSON.stringify(defaults, null, 2)};
`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.ts'), index);
  await writeFile(join(folder, 'constants.gen.ts'), code);
}

/** A value of JSON as TypeScript writes it. */
const text = (value: unknown): string => JSON.stringify(value) ?? 'undefined';
