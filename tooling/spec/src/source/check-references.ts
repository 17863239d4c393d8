import { at, isObject } from '../diff/pointer.ts';
import { SpecError } from '../spec-error.ts';
import { nodesOf, placeOf } from './document-node.ts';
import { quoted } from './quoted.ts';

/** Keywords by which a document includes another place. Tools follow them even inside examples. */
const references = new Set(['$ref', '$dynamicRef', '$recursiveRef', 'operationRef']);
/** Keywords that name another document, or change what a reference is relative to. */
const refused = new Set(['$id', '$anchor', '$dynamicAnchor', '$recursiveAnchor', 'externalValue']);

/**
 * RFC 3986, section 3.5. No encoded backslash either: some tools make a slash of it, and no encoded
 * tilde: they differ in what they decode first.
 */
const uriFragment = /^#(?:[\w.~!$&'()*+,;=:@/?-]|%(?!5c|7e)[\da-f]{2})*$/i;

/**
 * Holds when every reference of a document stays within it and leads to something, so that no later
 * step can read a file or send a request on the document's behalf.
 *
 * @throws {SpecError} with the first reference that does not.
 */
export function checkReferences(document: Record<string, unknown>): void {
  for (const { value, path } of nodesOf(document)) {
    const key = path.at(-1) ?? '';
    if (typeof value === 'string' && references.has(key)) {
      requireTarget(document, value, path);
    } else if (refused.has(key) && isKeyword(value)) {
      throw new SpecError(
        `${placeOf(path)} is refused: references are JSON Pointers into the document itself ` +
          `("#/…"), and "${key}" is not needed for those.`,
      );
    } else if (key === 'mapping' && path.at(-2) === 'discriminator' && isObject(value)) {
      for (const [name, target] of Object.entries(value)) {
        if (typeof target === 'string') requireMapping(document, target, [...path, name]);
      }
    }
  }
}

/** As a property's name the same word has a schema for its value. */
function isKeyword(value: unknown): boolean {
  return typeof value === 'string' || value === true;
}

/** A discriminator may name a component without a pointer. */
function requireMapping(document: Record<string, unknown>, target: string, path: string[]): void {
  const schemas = at(document, '/components/schemas');
  if (isObject(schemas) && Object.hasOwn(schemas, target)) return;
  requireTarget(document, target, path);
}

function requireTarget(document: Record<string, unknown>, target: string, path: string[]): void {
  if (!target.startsWith('#/')) {
    throw new SpecError(
      `${placeOf(path)} refers to ${quoted(target)}, which is not in the document ("#/…"). ` +
        'Other files and hosts are never read: the document must contain what it needs.',
    );
  }
  if (!uriFragment.test(target)) {
    throw new SpecError(
      `${placeOf(path)} refers to ${quoted(target)}, which tools would read differently. ` +
        'A reference is a URI: other characters must be percent-encoded.',
    );
  }
  const found = at(document, target);
  if (!isObject(found) && typeof found !== 'boolean') {
    throw new SpecError(
      `${placeOf(path)} refers to ${quoted(target)}, and no schema or object is there. ` +
        'The document is incomplete: report it to Runware, or mend a copy and give it with --from.',
    );
  }
}
