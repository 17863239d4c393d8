import { isObject, type JsonObject, pointerOf, resolve } from '../diff/pointer.ts';
import { SpecError } from '../spec-error.ts';
import { type FlatSchema, flatten, type Keyword } from './flatten.ts';
import { formats } from './formats.ts';
import type { Assertion, CrossFieldAssertion, ListRule, ObjectRule, Rule } from './rule.ts';

/** The task's schema in the composed document. */
const taskSchema = '#/components/schemas/VideoInferenceTask';

/** Everything that the document asserts of a task. */
export interface TaskRules {
  task: ObjectRule;
  crossField: CrossFieldAssertion[];
}

/**
 * Reads the assertions about a task: those that stand at one place as a tree, the others as a list.
 *
 * @throws {SpecError} a keyword, or a use of one, of which no rule can be made, with its pointer.
 */
export function readRules(document: JsonObject): TaskRules {
  const crossField: CrossFieldAssertion[] = [];

  const read = (flat: FlatSchema, place: string[], above: string[]): Rule => {
    if (above.length > deepest || above.includes(flat.pointer)) {
      throw new SpecError(`${flat.pointer} contains itself, of which no rules can be made.`);
    }
    const inside = (pointer: string, schema: unknown, step: string) =>
      read(flatten(document, pointer, schema), [...place, step], [...above, flat.pointer]);
    const schema = withoutUnions(flat, document);
    const keywords = schema.keywords.filter(({ keyword }) => !isAnnotation(keyword));
    const type = typeOf(keywords, flat.pointer);
    const common = {
      isNullable: schema.isNullable || type.isNullable,
      component: schema.component,
    };
    const rest = keywords.filter(({ keyword }) => keyword !== 'type');

    if (type.name === 'object') {
      const rule: ObjectRule = {
        ...common,
        kind: 'object',
        properties: new Map(),
        required: [],
        isClosed: false,
      };
      const closers: Keyword[] = [];
      for (const found of rest) {
        const { keyword, value, pointer } = found;
        if (keyword === 'properties' && isObject(value)) {
          for (const [name, part] of Object.entries(value)) {
            const below = `${pointer}${pointerOf([name]).slice(1)}`;
            if (/[~/]/.test(name)) throw unreadable(found);
            const known = rule.properties.get(name);
            const own = inside(below, part, name);
            if (known && JSON.stringify(known) !== JSON.stringify(own)) throw unreadable(found);
            rule.properties.set(name, own);
          }
        } else if (keyword === 'required' && Array.isArray(value)) {
          rule.required = [...new Set([...rule.required, ...(value as string[])])];
        } else if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') {
          if (value === false) closers.push(found);
          else if (value !== true && Object.keys(Object(value)).length > 0) throw unreadable(found);
        } else if (keyword === 'dependentRequired' && isObject(value)) {
          for (const [given, names] of Object.entries(value)) {
            const below = `${pointer}${pointerOf([given]).slice(1)}`;
            crossField.push({
              place,
              keyword,
              value: { [keyword]: { [given]: names } },
              pointer: below,
            });
          }
        } else if (isAboutFields(found)) {
          const { then, else: otherwise } = found.beside;
          const whole =
            keyword === 'if' ? { if: value, then, else: otherwise } : { [keyword]: value };
          crossField.push({ place, keyword, value: JSON.parse(JSON.stringify(whole)), pointer });
        } else if (keyword !== 'then' && keyword !== 'else') throw unreadable(found);
      }
      rule.isClosed = closers.length > 0;
      for (const { keyword, beside, pointer } of closers) {
        const listed = Object.keys(Object(beside['properties']));
        const shutOut = [...rule.properties.keys()].find((name) => !listed.includes(name));
        if (keyword === 'additionalProperties' && shutOut !== undefined) {
          throw new SpecError(
            `${pointer} refuses ${JSON.stringify(shutOut)}, described elsewhere.`,
          );
        }
      }
      return rule;
    }

    if (type.name === 'array') {
      const limits: Partial<ListRule> = {};
      let items: Rule = { ...plain, kind: 'any', assertions: [] };
      for (const found of rest) {
        const { keyword, value, pointer } = found;
        if (keyword === 'items') items = inside(pointer, value, '[]');
        else if (keyword === 'minItems' && typeof value === 'number')
          limits.minItems = Math.max(value, limits.minItems ?? 0);
        else if (keyword === 'maxItems' && typeof value === 'number')
          limits.maxItems = Math.min(value, limits.maxItems ?? Infinity);
        else if (keyword === 'uniqueItems') limits.uniqueItems = value === true;
        else throw unreadable(found);
      }
      return { ...common, ...limits, kind: 'array', items };
    }

    return { ...common, kind: type.name, assertions: scalarAssertions(rest, type.name) };
  };

  const task = read(flatten(document, taskSchema), [], []);
  if (task.kind !== 'object') throw new SpecError(`${taskSchema} describes no object.`);
  return { task, crossField };
}

const plain = { isNullable: false, component: undefined };
/** Far above what a request needs. */
const deepest = 50;

const unreadable = ({ keyword, pointer }: Keyword) =>
  new SpecError(
    `No rule can be generated from ${pointer}: teach tooling/spec/src/rules what "${keyword}" means there.`,
  );

const annotations = [
  ...['title', 'description', 'default', 'example', 'examples', 'deprecated', 'readOnly'],
  ...['writeOnly', '$comment', 'externalDocs', 'xml', 'discriminator', 'contentMediaType'],
  ...['contentEncoding', 'definitions', '$defs'],
];

/** Whether a keyword says nothing about what is accepted. */
export const isAnnotation = (keyword: string) =>
  annotations.includes(keyword) || /^x-/.test(keyword);

/** The only member of a union, or the only one beside `null`, in place of the union. */
function withoutUnions(
  flat: FlatSchema,
  document: JsonObject,
): FlatSchema & { isNullable: boolean } {
  const others: Keyword[] = [];
  let { component } = flat;
  let isNullable = false;
  for (const found of flat.keywords) {
    const { keyword, value, pointer } = found;
    const members = keyword === 'anyOf' || keyword === 'oneOf' ? [value].flat() : [];
    const isNull = (member: unknown) =>
      isObject(member) && (member['type'] === 'null' || member['const'] === null);
    const real = members.filter((member) => !isNull(member));
    if (real.length === 1 && members.length <= 2 && !choicesOf(keyword, value, document)) {
      const only = `${pointer}/${members.indexOf(real[0])}`;
      const member = withoutUnions(flatten(document, only, real[0]), document);
      isNullable ||= member.isNullable || members.length === 2;
      component ??= member.component;
      others.push(...member.keywords);
    } else if (members.length > 0) {
      others.push({ ...found, value: members.map((member) => resolve(document, member)) });
    } else others.push(found);
  }
  return { ...flat, component, keywords: others, isNullable };
}

type TypeName = Rule['kind'];

function typeOf(keywords: Keyword[], pointer: string): { name: TypeName; isNullable: boolean } {
  const types = keywords.filter(({ keyword }) => keyword === 'type');
  const names = new Set(types.flatMap(({ value }) => value as TypeName | TypeName[]));
  const isNullable = names.delete('null' as TypeName);
  // Where both are asked for, by two members of an `allOf`.
  if (names.has('integer')) names.delete('number');
  const [name = 'any', ...more] = names;
  const isKnown = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'any'].includes(
    name,
  );
  if (more.length > 0 || !isKnown || (name === 'any' && isNullable)) {
    throw new SpecError(
      `No rule can be generated from ${types[0]?.pointer ?? pointer}: it allows several types.`,
    );
  }
  return { name, isNullable };
}

/** Whether a keyword of an object is a rule about several of its properties. */
function isAboutFields({ keyword, value }: Keyword): boolean {
  if (keyword === 'oneOf' || keyword === 'anyOf') {
    return (value as unknown[]).every((member) => isObject(member) && !hasShape(member));
  }
  return ['if', 'not', 'dependentSchemas'].includes(keyword);
}

/** Whether a member of a union describes an object of its own. */
function hasShape(member: JsonObject): boolean {
  const properties = Object.values(Object(member['properties']));
  const describes = (property: unknown) =>
    ['type', '$ref', 'const', 'enum'].some((keyword) => keyword in Object(property));
  return '$ref' in member || properties.some(describes);
}

const stricter: Record<string, (...values: number[]) => number> = {
  minLength: Math.max,
  maxLength: Math.min,
  minimum: Math.max,
  exclusiveMinimum: Math.max,
  maximum: Math.min,
  exclusiveMaximum: Math.min,
};

const limitsOfText = ['minLength', 'maxLength', 'pattern'];
const forStrings = [...limitsOfText, 'format'];
const forNumbers = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf'];

function scalarAssertions(keywords: Keyword[], type: TypeName): Assertion[] {
  const found = new Map<string, Assertion>();
  for (const entry of keywords) {
    const assertion = assertionOf(entry, type);
    const known = assertion && found.get(assertion.keyword);
    if (assertion) found.set(assertion.keyword, known ? both(known, assertion, entry) : assertion);
  }
  const order = [...forStrings, ...forNumbers, 'const', 'enum', 'oneOf', 'anyOf'];
  return order.flatMap((keyword) => found.get(keyword) ?? []);
}

/** @returns nothing for a format that asserts nothing. */
function assertionOf(entry: Keyword, type: TypeName): Assertion | undefined {
  const { keyword, value } = entry;
  const isText = type === 'string';
  const isNumeric = type === 'number' || type === 'integer';
  const choices = choicesOf(keyword, value);
  if (choices) return { kind: 'choices', keyword, choices };
  if (isText && (keyword === 'anyOf' || keyword === 'format')) {
    if (silentFormats.includes(`${value}`)) return undefined;
    const names = formatsOf(keyword === 'format' ? [{ format: value }] : value);
    if (names) return { kind: 'formats', keyword, formats: names };
  }
  if (isNumeric && keyword === 'format' && numericFormats.includes(`${value}`)) return undefined;
  const isLimit =
    (isText && limitsOfText.includes(keyword)) || (isNumeric && forNumbers.includes(keyword));
  const isFit = typeof value === (keyword === 'pattern' ? 'string' : 'number');
  if (isLimit && isFit) return { kind: 'limit', keyword, limit: value };
  throw unreadable(entry);
}

/** One assertion for two by the same keyword, where that can be. */
function both(one: Assertion, other: Assertion, entry: Keyword): Assertion {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  const choose = stricter[entry.keyword];
  if (!choose || one.kind !== 'limit' || other.kind !== 'limit') throw unreadable(entry);
  return { ...one, limit: choose(one.limit as number, other.limit as number) };
}

/** These say how wide a number is stored, and nothing about what is accepted. */
const numericFormats = ['int32', 'int64', 'float', 'double'];
const silentFormats = ['binary', 'byte', 'password'];

/** The values of `const`, `enum`, or a union of these; `undefined` where there are others. */
function choicesOf(keyword: string, value: unknown, document = {}): unknown[] | undefined {
  if (keyword === 'const') return isScalar(value) ? [value] : undefined;
  if (!Array.isArray(value)) return undefined;
  if (keyword === 'enum') return value.every(isScalar) ? value : undefined;
  if (keyword !== 'oneOf' && keyword !== 'anyOf') return undefined;
  const members = value.map((written) => {
    const member = resolve(document, written);
    if (!isObject(member)) return undefined;
    const [only, ...more] = Object.keys(member).filter(
      (key) => !isAnnotation(key) && key !== 'type',
    );
    return only && more.length === 0 ? choicesOf(only, member[only]) : undefined;
  });
  if (!members.every((choices) => choices !== undefined)) return undefined;
  const all = members.flat();
  // One that stands twice is refused by `oneOf`.
  return keyword === 'anyOf'
    ? [...new Set(all)]
    : all.filter((choice) => all.indexOf(choice) === all.lastIndexOf(choice));
}

const isScalar = (value: unknown) => value === null || typeof value !== 'object';

/** The formats of which a union accepts any. */
function formatsOf(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = value.map((member) => {
    const keys = Object.keys(Object(member)).filter((key) => !isAnnotation(key));
    const isPlain = keys.every(
      (key) => key === 'format' || (key === 'type' && member.type === 'string'),
    );
    return isPlain ? Object(member).format : undefined;
  });
  return names.every((name) => Object.hasOwn(formats, `${name}`)) ? names : undefined;
}
