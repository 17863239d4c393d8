import { SpecError } from '../spec-error.ts';
import { quoted } from './quoted.ts';

/**
 * The value a JSON text stands for.
 *
 * @throws {SpecError} which says what the text looks like instead, and where it breaks.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SpecError(
      `The document is not JSON: ${describeFault(text)} ` +
        'Check that the address is that of the JSON document itself, and that it is complete.',
    );
  }
}

function describeFault(text: string): string {
  const start = text.trimStart();
  if (start === '') return 'it is empty.';
  if (start.startsWith('<')) return `it looks like HTML or XML (${quoted(start.slice(0, 20))}).`;
  if (!/^["[{]/.test(start))
    return `it looks like YAML or plain text (${quoted(start.slice(0, 20))}).`;

  const position = findFault(text);
  const before = text.slice(0, position).split(/\r\n|\r|\n/);
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  return position === text.length
    ? `it breaks off at ${place}; it was probably cut short.`
    : `it breaks at ${place}, at ${quoted(text.slice(position, position + 20))}.`;
}

/**
 * The first character that cannot stand where it does; the length of the text when only its end is
 * wrong. V8 does not always give the position, so the shortest beginning with a fault is searched for.
 */
function findFault(text: string): number {
  let [whole, broken] = [0, text.length + 1];
  while (broken - whole > 1) {
    const middle = Math.floor((whole + broken) / 2);
    if (hasFault(text.slice(0, middle))) broken = middle;
    else whole = middle;
  }
  return broken - 1;
}

/** Whether a text is wrong in another way than that it ends too early. */
function hasFault(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    const { message } = error as Error;
    const position = / at position (\d+)/.exec(message)?.[1];
    return position ? Number(position) < text.length : !message.startsWith('Unexpected end');
  }
}
