/**
 * A text of the ledger, shortened when it is long. Whatever direction it is written in, or pretends to
 * be, what stands around it keeps its place.
 */
export function Quoted({ text, longest = 300 }: { text: string; longest?: number }) {
  const characters = text.length > longest ? [...text] : [];
  const isLong = characters.length > longest;
  return <bdi>{isLong ? `${characters.slice(0, longest).join('')}\u2026` : text}</bdi>;
}
