import { compose, type OpenApiDocument } from '../compose.ts';
import type { locations } from '../locations.ts';
import { readClaims } from '../rules/claims.ts';
import { compareClaims } from '../rules/compare-claims.ts';
import { readDocument } from '../source/read-document.ts';
import { SpecError } from '../spec-error.ts';
import { decisionsAbout } from './decisions.ts';
import type { ForPeople } from './for-people.ts';

/**
 * Why a document cannot be taken without a person; empty when it can.
 *
 * @param before the document that was taken before.
 * @param knownModels identifiers by which the model is known.
 */
export async function reasonsAgainst(
  document: OpenApiDocument,
  before: OpenApiDocument,
  knownModels: string[],
  places: typeof locations,
): Promise<ForPeople[]> {
  try {
    const upstream = readDocument(JSON.stringify(document), knownModels);
    const current = await compose(upstream, places.overlays);
    return [
      ...decisionsAbout(before, upstream),
      ...compareClaims(current, await readClaims(places.claims)).map(({ kind, ...gap }) => gap),
    ];
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return [{ text: error.message }];
  }
}
