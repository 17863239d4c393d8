import { SpecError } from '../spec-error.ts';
import { nodesOf, placeOf } from './document-node.ts';
import { quoted } from './quoted.ts';

/** Levels of objects and lists. The present document has 15. */
const maxDepth = 64;
/** Values of all kinds. The present document has about 1,000. */
const maxNodes = 20_000;
/** Characters of a key. */
const maxKeyLength = 1024;
/** Characters of a text. */
const maxTextLength = 64 * 1024;
/** A surrogate without its partner, which UTF-8 cannot write. */
const halfCharacter = /\p{Surrogate}/u;

/**
 * Bounds what every later step has to cope with, and refuses what one of them cannot keep. Runs first, and looks at each value before it goes
 * into it.
 *
 * @throws {SpecError} on what is too deep, too much or too long, and on what no tool can write down.
 */
export function checkBounds(document: unknown): void {
  let nodes = 1;
  for (const { value, path } of nodesOf(document)) {
    const refuse = (reason: string) => {
      throw new SpecError(
        `The document is refused: ${placeOf(path)} ${reason}. ` +
          'Look at the document; if it is genuine, raise the bound in tooling/spec/src/source/check-bounds.ts.',
      );
    };
    if (path.length > maxDepth) refuse(`is deeper than ${maxDepth} levels`);
    if (typeof value === 'number' && !Number.isFinite(value)) refuse('is a number too large');
    if (typeof value === 'string') {
      if (value.length > maxTextLength) refuse(`is longer than ${maxTextLength} characters`);
      if (halfCharacter.test(value)) refuse('contains half a character (a lone surrogate)');
    }
    if (typeof value !== 'object' || value === null) continue;
    nodes += Array.isArray(value) ? value.length : Object.keys(value).length;
    if (nodes > maxNodes) refuse(`brings the document to more than ${maxNodes} values`);
    if (!Array.isArray(value)) checkKeys(value, refuse);
  }
}

function checkKeys(object: object, refuse: (reason: string) => void): void {
  for (const key of Object.keys(object)) {
    // Assigning to this key changes what an object inherits.
    if (key === '__proto__') refuse('has a key "__proto__"');
    if (key.length > maxKeyLength) refuse(`has a key longer than ${maxKeyLength} characters`);
    if (halfCharacter.test(key)) refuse('has a key with half a character (a lone surrogate)');
    // The generator writes such a key as a number, and `01` would become `1`.
    if (/^\d+(\.\d+)?$/.test(key) && String(Number(key)) !== key) {
      refuse(`has a key ${quoted(key)}, a number that generated code would write differently`);
    }
  }
}
