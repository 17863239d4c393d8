import { isSame } from '../diff/canonical.ts';
import { isObject, type JsonObject } from '../diff/pointer.ts';
import { hasShape } from '../diff/rule-words.ts';
import { namesByPlace, titleOf, typeName } from './names.ts';
import { unfold } from './unfold.ts';

/**
 * Writes schemas so that every object, and every list in a list, is a component with a name. What a
 * schema refers to and combines is unfolded first: where upstream writes it makes no difference.
 */
export class SchemaNamer {
  /** The schemas that have got a name, parents before children. */
  readonly components = new Map<string, JsonObject>();
  readonly #document: JsonObject;
  readonly #taken: ReadonlySet<string>;
  readonly #names = new Map<string, string>();

  /** @param taken names of components that stay as they are. */
  constructor(document: JsonObject, taken: ReadonlySet<string>) {
    this.#document = document;
    this.#taken = taken;
  }

  /** Gives a schema this name, or another if that is taken, and what it consists of names of their own. */
  named(node: JsonObject, place: string[], name: string): { $ref: string } {
    return this.#component(node, place, [], name);
  }

  /** The schema itself, with names for what it consists of. */
  content(schema: JsonObject, place: string[]): JsonObject {
    return this.#content(schema, place, []);
  }

  /** The schema as it stands in its parent: itself, or a reference to its name. */
  #written(node: unknown, place: string[], above: string[]): unknown {
    if (!isObject(node)) return node;
    const { schema, pointers, isShared } = unfold(this.#document, node);
    const pointer = isShared ? pointers.at(-1) : undefined;
    const known = pointer === undefined ? undefined : this.#names.get(pointer);
    const isCircle = pointers.some((one) => above.includes(one));
    if (known === undefined && !isCircle && !needsName(schema, place)) {
      return this.#content(node, place, above);
    }
    if (known !== undefined) return referenceTo(known);
    return this.#component(node, place, above, this.#nameFor(schema, pointers, place));
  }

  #component(node: JsonObject, place: string[], above: string[], wanted: string) {
    const { pointers, isShared } = unfold(this.#document, node);
    const pointer = isShared ? pointers.at(-1) : undefined;
    const known = pointer === undefined ? undefined : this.#names.get(pointer);
    if (known !== undefined) return referenceTo(known);
    const name = this.#free(wanted, place);
    if (pointer !== undefined) this.#names.set(pointer, name);
    // Parents stand before children.
    this.components.set(name, {});
    const content = this.#content(node, place, above);
    const schema = 'title' in content ? content : { ...content, title: titleOf(name) };
    const same = this.components.get(wanted);
    if (name !== wanted && same && isSame(same, { ...schema, title: same['title'] })) {
      this.components.delete(name);
      if (pointer !== undefined) this.#names.set(pointer, wanted);
      return referenceTo(wanted);
    }
    this.components.set(name, schema);
    return referenceTo(name);
  }

  #content(node: JsonObject, place: string[], above: string[]): JsonObject {
    const { schema, pointers } = unfold(this.#document, node);
    const inside = [...above, ...pointers];
    // What refers into these has been followed, and they say nothing themselves.
    const { $defs: _, definitions: __, ...said } = schema;
    return mapEntries(said, (keyword, value) => {
      if (keyword === 'properties' && isObject(value)) {
        return mapEntries(value, (name, property) =>
          this.#written(property, [...place, name], inside),
        );
      }
      if (keyword === 'items') return this.#written(value, [...place, '[]'], inside);
      if (keyword === 'additionalProperties') return this.#written(value, [...place, '*'], inside);
      if (combinators.includes(keyword) && Array.isArray(value)) {
        return value.map((member) =>
          hasShape(member) ? this.#written(member, place, inside) : this.#inline(member, inside),
        );
      }
      return rules.includes(keyword) ? this.#inline(value, inside) : value;
    });
  }

  /** A part of a rule: what it refers to, written in it. */
  #inline(node: unknown, above: string[]): unknown {
    if (Array.isArray(node)) return node.map((part) => this.#inline(part, above));
    if (!isObject(node)) return node;
    const { schema, pointers } =
      '$ref' in node ? unfold(this.#document, node) : { schema: node, pointers: [] };
    if (pointers.some((pointer) => above.includes(pointer))) return node;
    return mapEntries(schema, (_, value) => this.#inline(value, [...above, ...pointers]));
  }

  #nameFor(schema: JsonObject, pointers: string[], place: string[]): string {
    const component = pointers.map(
      (pointer) => pointer.match(/^#\/components\/schemas\/([^/]+)$/)?.[1],
    );
    const fixed = namesByPlace[place.join('.')];
    if (fixed !== undefined) return fixed;
    const candidates = [
      component.find((name) => name !== undefined && typeName(name) !== ''),
      typeName(String(schema['title'] ?? '')),
    ];
    const free = candidates.find((name) => name && !this.#isTaken(name));
    return (
      free ??
      typeName(
        place
          .slice(1)
          .filter((part) => part !== '[]')
          .join(' '),
      )
    );
  }

  /** The name, or the same with a number. */
  #free(wanted: string, place: string[]): string {
    const name = wanted || typeName(place[0] ?? '') || 'Schema';
    if (!this.#isTaken(name)) return name;
    let number = 2;
    while (this.#isTaken(`${name}${number}`)) number++;
    return `${name}${number}`;
  }

  #isTaken(name: string): boolean {
    return this.#taken.has(name) || this.components.has(name);
  }
}

/** Choices have names only where the table gives them some: however upstream writes a choice, types stay. */
function needsName(schema: JsonObject, place: string[]): boolean {
  if (place.join('.') in namesByPlace) return true;
  const isList = [schema['type']].flat().includes('array');
  return isObject(schema['properties']) || (isList && place.at(-1) === '[]');
}

const combinators = ['allOf', 'anyOf', 'oneOf'];
const rules = ['not', 'if', 'then', 'else', 'dependentSchemas', 'contains', 'prefixItems'];

export const referenceTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const mapEntries = (
  object: JsonObject,
  map: (name: string, value: unknown) => unknown,
): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(name, value)]));
