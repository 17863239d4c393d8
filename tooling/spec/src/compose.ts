import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findTask } from './normal-form/find-task.ts';
import { fitExamples } from './normal-form/fit-examples.ts';
import { moveRules } from './normal-form/move-rules.ts';
import { normalForm } from './normal-form/normal-form.ts';
import { applyAction, type Repetition } from './overlay/apply-action.ts';
import { checkReferencesOf } from './overlay/check-references-of.ts';
import { type Action, readOverlay } from './overlay/read-overlay.ts';

/** An OpenAPI document as parsed JSON. */
export type OpenApiDocument = Record<string, unknown>;

/** The composed document, and what of the overlays upstream has made needless. */
export interface Composition {
  document: OpenApiDocument;
  repetitions: Repetition[];
}

/**
 * Writes the upstream document in its normal form, and adds what the overlays of a folder say, in the
 * order of their file names.
 *
 * @throws {SpecError} the document describes no list of tasks for one model.
 * @throws {OverlayError} when a file is not a valid overlay, or upstream contradicts one of its
 *   actions. The message names file, line and action, and says what is there.
 */
export async function composition(
  upstream: OpenApiDocument,
  overlaysFolder: string,
): Promise<Composition> {
  const names = (await readdir(overlaysFolder)).filter((name) => name.endsWith('.overlay.yaml'));
  const normal = normalForm(structuredClone(upstream));
  const { path } = findTask(normal);
  const document = structuredClone(normal);
  const actions: Action[] = [];
  const repetitions: Repetition[] = [];
  for (const name of names.sort()) {
    for (const written of await readOverlay(join(overlaysFolder, name))) {
      const target = written.target.map((part) => (part === '*' ? path : part));
      const action = { ...written, target };
      const repetition = applyAction(document, normal, action);
      actions.push(action);
      if (repetition) repetitions.push(repetition);
    }
  }
  checkReferencesOf(actions, document);
  return { document: fitExamples(moveRules(document)), repetitions };
}

/** The composed document alone. */
export async function compose(
  upstream: OpenApiDocument,
  overlaysFolder: string,
): Promise<OpenApiDocument> {
  return (await composition(upstream, overlaysFolder)).document;
}

/** The exact text of the composed document as it is committed. */
export function print(document: OpenApiDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
