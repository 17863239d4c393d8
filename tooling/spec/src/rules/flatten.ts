import { at, isObject, type JsonObject } from '../diff/pointer.ts';
import { SpecError } from '../spec-error.ts';

/** A keyword of a schema, and the JSON Pointer where it stands. */
export interface Keyword {
  keyword: string;
  value: unknown;
  pointer: string;
  /** The schema that it stands in. */
  beside: JsonObject;
}

/** A schema whose references and `allOf` are resolved. */
export interface FlatSchema {
  pointer: string;
  /** Name of the component that the schema is, if it is one. */
  component: string | undefined;
  keywords: Keyword[];
}

const componentPointer = /^#\/components\/schemas\/([^/]+)$/;

/**
 * Puts side by side what a schema, the schemas it refers to and the members of its `allOf` say of
 * the same value. So does the `then` of a condition that every object of the schema meets.
 *
 * @throws {SpecError} it is no schema object, or refers to nothing or to itself.
 */
export function flatten(
  document: JsonObject,
  pointer: string,
  schema: unknown = at(document, pointer),
  above: string[] = [],
): FlatSchema {
  if (!isObject(schema)) throw new SpecError(`${pointer} is no schema that rules can be made of.`);
  if (above.includes(pointer)) throw new SpecError(`${pointer} refers to itself.`);
  const [, name] = componentPointer.exec(pointer) ?? [];
  const flat: FlatSchema = { pointer, component: name, keywords: [] };
  const add = (below: string, part?: unknown) => {
    const { component, keywords } = flatten(document, below, part, [...above, pointer]);
    flat.component ??= Object.keys(schema).length === 1 || part === undefined ? component : name;
    flat.keywords.push(...keywords);
  };
  for (const [keyword, value] of Object.entries(schema)) {
    const here = `${pointer}/${keyword}`;
    if (keyword === '$ref') add(`${value}`);
    else if (keyword === 'allOf' && Array.isArray(value)) {
      value.forEach((part, index) => {
        add(`${here}/${index}`, part);
      });
    } else if (keyword === 'if' && isMet(value, schema)) add(`${pointer}/then`, schema['then']);
    else flat.keywords.push({ keyword, value, pointer: here, beside: schema });
  }
  return flat;
}

/** Whether a condition asks for nothing but properties that the schema requires. */
function isMet(condition: unknown, { required }: JsonObject): boolean {
  if (!isObject(condition) || Object.keys(condition).some((key) => key !== 'required'))
    return false;
  const { required: asked = [] } = condition;
  return (
    Array.isArray(asked) &&
    Array.isArray(required) &&
    asked.every((name) => required.includes(name))
  );
}
