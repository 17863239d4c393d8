import { compose, type OpenApiDocument } from '../compose.ts';
import type { locations } from '../locations.ts';
import { compareRules } from '../rule-inventory/compare-rules.ts';
import { readInventory } from '../rule-inventory/inventory.ts';
import { printGaps } from '../rule-inventory/print-gaps.ts';
import { readDocument } from '../source/read-document.ts';
import { SpecError } from '../spec-error.ts';
import { decisionsAbout } from './decisions.ts';
import type { ForPeople } from './for-people.ts';

/**
 * Why a document cannot be taken without a person; empty when it can.
 *
 * @param composed the composed document of before.
 * @param knownModels identifiers by which the model is known.
 */
export async function reasonsAgainst(
  document: OpenApiDocument,
  composed: OpenApiDocument,
  knownModels: string[],
  places: typeof locations,
): Promise<ForPeople[]> {
  try {
    const upstream = readDocument(JSON.stringify(document), knownModels);
    const current = await compose(upstream, places.overlays);
    const gaps = compareRules(upstream, await readInventory(places.ruleInventory));
    return [
      ...decisionsAbout(composed, current),
      ...gaps.map((gap) => ({ text: printGaps([gap]), file: gap.file })),
    ];
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return [{ text: error.message }];
  }
}
