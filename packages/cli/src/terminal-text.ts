/**
 * Control characters, line separators, and format characters such as those that turn text round
 * (Unicode general categories Cc, Zl, Zp and Cf). The two joiners stay: scripts and emoji need them.
 */
const steering = /[\p{Cc}\p{Zl}\p{Zp}]|(?!\u200c|\u200d)\p{Cf}/gu;

/** A text from elsewhere, such as the name of a file: what would steer a terminal is written as `\u202e`. */
export function visible(text: string): string {
  return text.replace(steering, escaped);
}

/** The same for several lines. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** A text from elsewhere on one line. */
export function oneLine(text: string): string {
  return visible(text.replace(/[\s\p{Cc}]+/gu, ' ').trim());
}

/** JSON that can be shown on a terminal, and means the same: `JSON.stringify` leaves U+009B and U+202E. */
export function terminalJson(value: unknown): string {
  return visible(JSON.stringify(value));
}

function escaped(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('');
}
