import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { CommandError } from '../command-error.js';
import { placeOf } from '../parameters/path-names.js';
import type { TextFile } from './text-file.js';

/** A place in a text, both counted from 1, the column in UTF-16 units as editors do. */
export interface Place {
  line: number;
  column: number;
}

/** A JSON text with the places of its values. */
export interface JsonText {
  /** As messages name it. */
  readonly name: string;
  readonly value: unknown;
  /**
   * The place of a value, or of the nearest one around it that exists.
   *
   * @param pointer a JSON Pointer.
   * @param part for a property, its name or its value.
   */
  placeOf(pointer: string, part?: 'key' | 'value'): Place;
}

/** @throws {CommandError} the text is no JSON; the message begins with the place. */
export function parseJsonText({ name, text }: TextFile): JsonText {
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseTree(text, errors, { disallowComments: true, allowEmptyContent: false });
  } catch (cause) {
    // The parser calls itself for each level.
    throw new CommandError(`"${name}" is nested too deeply.`, undefined, 'badInput', cause);
  }
  const [error] = errors;
  if (error || !root) {
    const { line, column } = placeAt(text, error?.offset ?? 0);
    const fault = error ? inWords(printParseErrorCode(error.error)) : 'it is empty';
    throw new CommandError(`${name}:${line}:${column} is no JSON: ${fault}.`);
  }
  return {
    name,
    // Not the parser's value, in which a key `__proto__` would be more than a key.
    value: JSON.parse(text),
    placeOf(pointer, part = 'value') {
      const node = nodeAt(root, pointer);
      const isProperty = part === 'key' && node.parent?.type === 'property';
      return placeAt(text, (isProperty ? node.parent : node)?.offset ?? 0);
    },
  };
}

/** `PropertyNameExpected` as `property name expected`. */
function inWords(code: string): string {
  return code.replace(/\B[A-Z]/g, ' $&').toLowerCase();
}

function nodeAt(root: Node, pointer: string): Node {
  let node = root;
  for (const name of placeOf(pointer)) {
    const next =
      node.type === 'array'
        ? node.children?.[Number(name)]
        : // Of two properties with one name the last one counts, as for `JSON.parse`.
          node.children?.findLast(({ children }) => children?.[0]?.value === name)?.children?.[1];
    if (!next) return node;
    node = next;
  }
  return node;
}

function placeAt(text: string, offset: number): Place {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
