/**
 * Ten minutes of video at 60 frames a second have 36,000 bounding boxes, five values each. Files are
 * single strings.
 */
const mostValues = 200_000;
/** Characters. */
const longestName = 1_000;

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const openBrace = 0x7b;
const space = 0x20;

/**
 * Whether a JSON text holds more values, or a longer name, than any task has use for. It is asked
 * before the text is parsed, and before anybody is known: a hundred megabytes of empty lists take
 * gigabytes as values, and to report an unknown name of that length takes minutes.
 */
export function exceedsBounds(json: string): boolean {
  let values = 0;
  for (let position = 0; position < json.length; position++) {
    const character = json.charCodeAt(position);
    if (character === quote) {
      const end = endOfString(json, position);
      if (end - position > longestName && isName(json, end)) return true;
      position = end;
    } else if (character === comma || character === openBracket || character === openBrace) {
      // One for each value.
      if (++values > mostValues) return true;
    }
  }
  return false;
}

/** The place of the quotation mark that ends the string which begins at `start`. */
function endOfString(json: string, start: number): number {
  for (let end = start; ; ) {
    end = json.indexOf('"', end + 1);
    if (end === -1) return json.length;
    let escapes = 0;
    while (json.charCodeAt(end - 1 - escapes) === backslash) escapes++;
    if (escapes % 2 === 0) return end;
  }
}

/** Whether a string that ends here is the name of a property. */
function isName(json: string, end: number): boolean {
  let next = end + 1;
  while (json.charCodeAt(next) <= space) next++;
  return json.charCodeAt(next) === colon;
}
