import type { OpenApiDocument } from '../compose.ts';
import type { ForPeople } from '../people/for-people.ts';
import { parseJson } from '../source/parse-json.ts';
import { holdBack } from './hold-back.ts';

/** As much of a document as can be taken without a person. */
export interface Fitting {
  /** The text of the document; as it came, where nothing was held back. */
  text: string;
  /** Why the rest was not taken. */
  heldBack: ForPeople[];
}

/**
 * @param old the document that was taken before.
 * @param reasonsAgainst why a document cannot be taken as it is.
 * @throws {SpecError} the text is no JSON.
 */
export async function takeWhatFits(
  old: OpenApiDocument,
  text: string,
  reasonsAgainst: (document: OpenApiDocument) => Promise<ForPeople[]>,
): Promise<Fitting> {
  const current = parseJson(text) as OpenApiDocument;
  const heldBack = await reasonsAgainst(current);
  if (heldBack.length === 0) return { text, heldBack };
  const { document } = await holdBack(
    old,
    current,
    async (rest) => (await reasonsAgainst(rest)).length === 0,
  );
  return { text: `${JSON.stringify(document, null, 2)}\n`, heldBack };
}
