import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openapiOverlay } from 'openapi-format';
import { LineCounter, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';

/** An OpenAPI document as parsed JSON. */
export type OpenApiDocument = Record<string, unknown>;

/** Thrown when an overlay cannot be applied; the message names the file, the line and the action. */
export class OverlayError extends Error {
  override readonly name = 'OverlayError';
}

interface OverlayAction {
  target: string;
  [key: string]: unknown;
}

/**
 * Applies every overlay of a folder, in the order of their file names, to the upstream document.
 *
 * @throws {OverlayError} when a file is not a valid overlay, or one of its actions matches nothing.
 */
export async function compose(
  upstreamPath: string,
  overlaysPath: string,
): Promise<OpenApiDocument> {
  const names = (await readdir(overlaysPath)).filter((name) => name.endsWith('.overlay.yaml'));
  let document: OpenApiDocument = JSON.parse(await readFile(upstreamPath, 'utf8'));
  for (const name of names.sort())
    document = await applyOverlay(document, join(overlaysPath, name));
  return document;
}

/** Applies the actions one by one, so that a failure can be told from its neighbours. */
async function applyOverlay(document: OpenApiDocument, path: string): Promise<OpenApiDocument> {
  const file = basename(path);
  const lines = new LineCounter();
  const yaml = parseDocument(await readFile(path, 'utf8'), { lineCounter: lines });
  const fault = yaml.errors[0];
  if (fault) throw new OverlayError(`${file}: ${fault.message}`);

  const overlay: { overlay: string; actions: OverlayAction[] } = yaml.toJS();
  const nodes = (yaml.get('actions') as YAMLSeq<YAMLMap>).items;
  for (const [index, action] of overlay.actions.entries()) {
    const { data, resultData } = await openapiOverlay(document, {
      overlaySet: { ...overlay, actions: [action] },
    });
    if (resultData.totalUsedActions !== 1) {
      const { line } = lines.linePos(nodes[index]?.range?.[0] ?? 0);
      throw new OverlayError(
        `${file}:${line}: the action on "${action.target}" matches nothing. ` +
          'The upstream document has moved or changed what it addresses: mend or remove the action.',
      );
    }
    document = data as OpenApiDocument;
  }
  return document;
}

/** The exact text of the composed document as it is committed. */
export function print(document: OpenApiDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
