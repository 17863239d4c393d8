/** A text as PostgreSQL takes it: U+0000 and halves of surrogate pairs are replaced. */
export function storableText(text: string): string {
  return text.replaceAll(/[\0\p{Surrogate}]/gu, '\ufffd');
}
