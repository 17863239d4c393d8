import { compose, type OpenApiDocument } from '../compose.ts';
import type { locations } from '../locations.ts';
import { readRules } from '../rules/read-rules.ts';
import { readDocument } from '../source/read-document.ts';
import { SpecError } from '../spec-error.ts';
import { decisionsAbout } from './decisions.ts';
import type { ForPeople } from './for-people.ts';

/**
 * Why a document cannot be taken without a person; empty when it can.
 *
 * @param before the document that was taken before, and what it was composed to.
 * @param knownModels identifiers by which the model is known.
 */
export async function reasonsAgainst(
  document: OpenApiDocument,
  before: { upstream: OpenApiDocument; composed: OpenApiDocument },
  knownModels: string[],
  places: typeof locations,
): Promise<ForPeople[]> {
  try {
    const upstream = readDocument(JSON.stringify(document), knownModels);
    const current = await compose(upstream, places.overlays);
    return [
      ...decisionsAbout(before.upstream, upstream),
      ...rulesAgainst(before.composed, current),
    ];
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return [{ text: error.message }];
  }
}

function rulesAgainst(before: OpenApiDocument, current: OpenApiDocument): ForPeople[] {
  const [old, now] = [before, current].map((document) => readRules(document).crossField);
  const key = ({ place, value }: { place: string[]; value: unknown }) =>
    JSON.stringify([place, value]);
  const gaps = [
    ...(now ?? []).filter((one) => !old?.some((other) => key(other) === key(one))),
    ...(old ?? []).filter((one) => !now?.some((other) => key(other) === key(one))),
  ];
  return gaps.map(({ pointer, value }) => ({
    pointer,
    text: JSON.stringify(value),
    file: 'packages/sdk/src/lipsync/rules/',
  }));
}
