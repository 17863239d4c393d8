import { pointerOf } from '../diff/pointer.ts';
import { quoted } from './quoted.ts';

/** A value of a document and the keys that lead to it. */
export interface DocumentNode {
  value: unknown;
  path: string[];
}

/** Every value of a document, parents first. It keeps its own stack: depth costs no call stack. */
export function* nodesOf(document: unknown): Generator<DocumentNode> {
  const stack: DocumentNode[] = [{ value: document, path: [] }];
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    const { value, path } = node;
    if (typeof value !== 'object' || value === null) continue;
    const children = Object.entries(value).map(([key, child]) => ({
      value: child,
      path: [...path, key],
    }));
    for (const child of children.reverse()) stack.push(child);
  }
}

/** Where a value stands, for a message: its plain name and its JSON Pointer. */
export function placeOf(path: string[]): string {
  return path.length === 0
    ? 'the document'
    : `${quoted(path.at(-1) ?? '')} at ${shorten(pointerOf(path))}`;
}

/** The end of a pointer tells more than its beginning. */
function shorten(pointer: string): string {
  const text = quoted(pointer.slice(-200)).slice(1, -1);
  return pointer.length > 200 ? `…${text}` : text;
}
