import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openapiOverlay } from 'openapi-format';
import { checkAction } from './overlay/check-action.ts';
import { checkReferencesOf } from './overlay/check-references-of.ts';
import { History } from './overlay/history.ts';
import { OverlayError } from './overlay/overlay-error.ts';
import { type Action, readOverlay } from './overlay/read-overlay.ts';

/** An OpenAPI document as parsed JSON. */
export type OpenApiDocument = Record<string, unknown>;

/**
 * Applies every overlay of a folder, in the order of their file names, to a copy of the upstream
 * document.
 *
 * @throws {OverlayError} when a file is not a valid overlay, or the document is no longer what one
 *   of its actions was written for. The message names file, line and action, and says what is there.
 */
export async function compose(
  upstream: OpenApiDocument,
  overlaysFolder: string,
): Promise<OpenApiDocument> {
  const names = (await readdir(overlaysFolder)).filter((name) => name.endsWith('.overlay.yaml'));
  const history = new History();
  const applied: Action[] = [];
  let document = structuredClone(upstream);
  for (const name of names.sort()) {
    for (const action of await readOverlay(join(overlaysFolder, name))) {
      checkAction(document, upstream, action, history);
      history.record(document, action);
      document = await applyAction(document, action);
      applied.push(action);
    }
  }
  checkReferencesOf(applied, document);
  return document;
}

async function applyAction(document: OpenApiDocument, action: Action): Promise<OpenApiDocument> {
  const { data, resultData } = await openapiOverlay(document, {
    overlaySet: { overlay: '1.1.0', actions: [action.written] },
  });
  if (resultData.totalUsedActions !== 1) {
    throw new OverlayError(`${action.where}: ${action.kind} could not be applied.`);
  }
  return data as OpenApiDocument;
}

/** The exact text of the composed document as it is committed. */
export function print(document: OpenApiDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
