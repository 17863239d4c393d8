import { join } from 'node:path';
import { createClient, type UserConfig } from '@hey-api/openapi-ts';
import { finishCallersClient } from './callers-client.ts';
import { withFacts } from './comments/with-facts.ts';
import type { OpenApiDocument } from './compose.ts';
import { writeConstants } from './constants/write-constants.ts';
import { keepBackslashes, keepComments } from './generatable.ts';
import { writeParameters } from './parameters/write-parameters.ts';
import { writeRules } from './rules/write-rules.ts';
import { harmless } from './source/quoted.ts';
import { SpecError } from './spec-error.ts';
import { typeable } from './typeable.ts';

/**
 * Generates the low-level client from the composed document, in place of whatever is in the folder:
 * types, client and operations from the part of the document that types can express, in `schemas/`
 * every schema complete, in `parameters/` and `constants/` what tools need to know of the task, in `rules/`
 * what it asserts of one. The same document always gives the same bytes.
 */
export async function generateClient(document: OpenApiDocument, folder: string): Promise<void> {
  await generate(keepComments(typeable(withFacts(document))), folder, [
    '@hey-api/typescript',
    '@hey-api/client-fetch',
    // Callers bring the client: with one of its own, every program that imports an operation would
    // hold the whole fetch client.
    { name: '@hey-api/sdk', client: false },
  ]);
  await finishCallersClient(folder);
  await generate(document, join(folder, 'schemas'), [
    { name: '@hey-api/schemas', includeInEntry: true },
  ]);
  await writeParameters(document, join(folder, 'parameters'));
  await writeConstants(document, join(folder, 'constants'));
  await writeRules(document, join(folder, 'rules'));
}

/** @throws {SpecError} the generator cannot read the document. */
async function generate(
  document: unknown,
  path: string,
  plugins: NonNullable<UserConfig['plugins']>,
): Promise<void> {
  const job = createClient({
    input: keepBackslashes(document) as OpenApiDocument,
    logs: { level: 'silent', file: false },
    output: {
      path,
      tsConfigPath: null,
      // What `nodenext` needs.
      module: { extension: '.js' },
      // No file of ours is called "utils", not even one that a generator names.
      fileName: { name: (name) => (name === 'utils' ? 'request' : name), suffix: '.gen' },
    },
    plugins,
  });
  await job.catch((error: Error & { originalError?: { error?: Error } }) => {
    const { message } = error.originalError?.error ?? error;
    throw new SpecError(`No client can be generated from the document: ${harmless(message)}`);
  });
}
