import { escaped, type Schema, type WrittenOut } from './schema-document.js';

/** One thing that the request schema demands. */
export interface Constraint {
  /** Where it stands in the document: a JSON Pointer to the keyword, or to the name in its list. */
  pointer: string;
  /** The same in the schema without references. */
  path: string;
  /** `path` of the keyword: what Ajv reports as `schemaPath`, without its `#`. */
  keywordPath: string;
  /** `path` of the schema it stands in. */
  schemaPath: string;
  keyword: string;
  /** For `required` the missing property; for `dependentRequired` the given and the missing one. */
  names: string[];
  /** Which values it is about: property names, and `[]` for every element of a list. */
  place: string[];
  /** What the schema says at the keyword. */
  value: unknown;
  /** The schema it stands in. */
  schema: Schema;
  /** `path` of each `anyOf`, `oneOf`, `not` and `if` it is a part of, outermost first. */
  enclosing: string[];
  /** Below `not` or `if`: a request is accepted because it does not hold. */
  isNegative: boolean;
}

/** These say nothing about what is accepted. */
const annotations = [
  ...['title', 'description', 'default', 'examples', 'x-response-schema'],
  // A copy of what `oneOf` says, for code generators.
  'discriminator',
];
const leaves = [
  ...['type', 'const', 'enum', 'format', 'minLength', 'maxLength', 'minItems', 'maxItems'],
  ...['minimum', 'exclusiveMinimum', 'maximum', 'multipleOf'],
];
/** Ajv reports these themselves, besides what fails in their parts. */
const combinators = ['anyOf', 'oneOf', 'not', 'if'];

type Place = Pick<Constraint, 'place' | 'enclosing' | 'isNegative'>;

/**
 * Every constraint of a schema, in the order of the document.
 *
 * @throws {Error} a keyword the suite does not know; it names the place.
 */
export function constraintsOf({ schema: root, pointerOf }: WrittenOut): Constraint[] {
  const found: Constraint[] = [];

  const walk = (schema: Schema, schemaPath: string, here: Place): void => {
    const pointer = pointerOf(schema);
    const add = (keyword: string, names: string[] = [], element = '') => {
      const keywordPath = `${schemaPath}/${keyword}`;
      const path = keywordPath + element;
      const value = schema[keyword];
      const own = { pointer: `${pointer}/${keyword}${element}`, path, keywordPath, schemaPath };
      found.push({ ...own, keyword, names, value, schema, ...here });
    };
    const within = (keyword: string): Place => ({
      ...here,
      enclosing: [...here.enclosing, `${schemaPath}/${keyword}`],
    });
    const walkParts = (keyword: string, value: unknown, place: Place) => {
      (value as Schema[]).forEach((part, index) => {
        walk(part, `${schemaPath}/${keyword}/${index}`, place);
      });
    };

    for (const [keyword, value] of Object.entries(schema)) {
      if (leaves.includes(keyword)) add(keyword);
      else if (keyword === 'required') {
        (value as string[]).forEach((name, index) => {
          add(keyword, [name], `/${index}`);
        });
      } else if (keyword === 'dependentRequired') {
        for (const [given, names] of Object.entries(value as Record<string, string[]>)) {
          names.forEach((name, index) => {
            add(keyword, [given, name], `/${escaped(given)}/${index}`);
          });
        }
      } else if (keyword === 'additionalProperties' && value === false) add(keyword);
      else if (keyword === 'properties') {
        for (const [name, property] of Object.entries(value as Record<string, Schema>)) {
          const place = { ...here, place: [...here.place, name] };
          walk(property, `${schemaPath}/properties/${escaped(name)}`, place);
        }
      } else if (keyword === 'items') {
        walk(value as Schema, `${schemaPath}/items`, { ...here, place: [...here.place, '[]'] });
      } else if (keyword === 'allOf') walkParts(keyword, value, here);
      else if (keyword === 'then') walk(value as Schema, `${schemaPath}/then`, within('if'));
      else if (combinators.includes(keyword)) {
        add(keyword);
        if (Array.isArray(value)) walkParts(keyword, value, within(keyword));
        else {
          const isNegative = !here.isNegative;
          walk(value as Schema, `${schemaPath}/${keyword}`, { ...within(keyword), isNegative });
        }
      } else if (keyword === 'definitions') {
        // References are written out, so what still stands here is referred to by nothing.
      } else if (!annotations.includes(keyword)) {
        throw new Error(`${pointer}/${keyword}: the contract suite does not know this keyword.`);
      }
    }
  };

  walk(root, '', { place: [], enclosing: [], isNegative: false });
  return found;
}
