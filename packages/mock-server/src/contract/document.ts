import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** A JSON Schema, or any other object of the document. */
export type DocumentNode = Record<string, unknown>;

/** The parts of the OpenAPI document that this package reads. */
export interface OpenApiDocument {
  [key: string]: unknown;
  components: { schemas: Record<string, DocumentNode> };
  paths: Record<string, DocumentNode>;
}

const carried = new URL('../sync-3.openapi.json', import.meta.url);

/**
 * Reads the OpenAPI document that the package carries, or another one.
 *
 * @throws {Error} a schema does not compile. Prism would accept every message then.
 */
export async function readDocument(url: URL = carried): Promise<OpenApiDocument> {
  const document: OpenApiDocument = JSON.parse(await readFile(url, 'utf8'));
  assertSchemasCompile(document);
  return document;
}

/** @throws {Error} naming the schema that does not compile, and why. */
function assertSchemasCompile(document: OpenApiDocument): void {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'sync-3', ...document });
  for (const name of Object.keys(document.components.schemas)) {
    try {
      ajv.compile({ $ref: `sync-3#/components/schemas/${name}` });
    } catch (cause) {
      throw new Error(`The schema ${name} does not compile: ${(cause as Error).message}`, {
        cause,
      });
    }
  }
}
