/** Long enough to recognise a text by, in characters. */
const maxLength = 80;

/** Foreign text as it may stand in a message: short, on one line, and harmless to a terminal. */
export function quoted(text: string): string {
  const short = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return harmless(JSON.stringify(short));
}

/** A text in which what a terminal would obey, or not show, is written as an escape. */
export function harmless(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
