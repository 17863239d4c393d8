import { at, isObject, type JsonObject, partsOf, pointerOf } from './pointer.ts';
import { hasShape } from './rule-words.ts';

/** One way in which callers meet a schema. */
export interface Place {
  direction: 'request' | 'response';
  /** Plain name: property names joined by dots, `[]` for every element; empty for the whole. */
  field: string;
  /** The `taskType` of the task, the name of the row, or the status, that the field belongs to. */
  of?: string;
}

/** A schema of a document. */
interface SchemaNode {
  schema: JsonObject;
  /** Empty when nothing refers to the schema. */
  places: Place[];
  /**
   * Set where the schema is only a part of a combined rule: the pointer of the schema that has the
   * rule, and the rule's keyword (`if` for `then` and `else`, too).
   */
  rule?: { owner: string; keyword: string };
}

/** Every schema of a document by its pointer. */
export type SchemaIndex = Map<string, SchemaNode>;

/** How often one schema is named. More places than these say nothing new. */
const maxPlaces = 40;

/** Finds every schema and the places where it is used, through references. */
export function indexSchemas(document: JsonObject): SchemaIndex {
  const index: SchemaIndex = new Map();

  const visit = (
    pointer: string,
    place: Place | undefined,
    rule?: SchemaNode['rule'],
    above: string[] = [],
  ): void => {
    const schema = at(document, pointer);
    if (!isObject(schema) || above.includes(pointer)) return;
    const known = index.get(pointer);
    const node = known ?? { schema, places: [], ...(rule && { rule }) };
    if (!rule) delete node.rule;
    // Without a place there is nothing new to say of a schema that is known, or of what it consists of.
    if (known && (!place || known.places.length >= maxPlaces)) return;
    index.set(pointer, node);
    const here = place && nameOwner(document, pointer, schema, place);
    if (here) node.places.push(here);

    const inside = [...above, pointer];
    const below = (...parts: string[]) => pointerOf([...partsOf(pointer), ...parts]);
    const field = (name: string): Place | undefined =>
      here && { ...here, field: here.field ? `${here.field}.${name}` : name };

    if (typeof schema['$ref'] === 'string') visit(schema['$ref'], here, rule, inside);
    for (const name of Object.keys(Object(schema['properties']))) {
      visit(below('properties', name), field(name), rule, inside);
    }
    const element = here && isTaskList(here) ? here : here && { ...here, field: `${here.field}[]` };
    visit(below('items'), element, rule, inside);
    visit(below('additionalProperties'), field('*'), rule, inside);
    for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
      const members = schema[keyword];
      if (!Array.isArray(members)) continue;
      members.forEach((member, position) => {
        const isOpen = keyword === 'allOf' || hasShape(member);
        const own = isOpen ? rule : (rule ?? { owner: pointer, keyword });
        visit(below(keyword, `${position}`), here, own, inside);
      });
    }
    for (const keyword of ['not', 'if', 'then', 'else']) {
      const owned = { owner: pointer, keyword: keyword === 'not' ? 'not' : 'if' };
      visit(below(keyword), here, rule ?? owned, inside);
    }
  };

  for (const { pointer, direction } of contentSchemas(document)) {
    visit(pointer, { direction, field: '' });
  }
  const components = at(document, '#/components/schemas');
  for (const name of Object.keys(Object(components))) {
    const pointer = pointerOf(['components', 'schemas', name]);
    if (!index.has(pointer)) visit(pointer, undefined);
  }
  return index;
}

/** Says of which task, or of which kind of row, the fields below are. */
function nameOwner(document: JsonObject, pointer: string, schema: JsonObject, place: Place): Place {
  if (place.direction === 'request') {
    const taskType = at(schema, '#/properties/taskType/const');
    return place.field === '' && typeof taskType === 'string' ? { ...place, of: taskType } : place;
  }
  const parts = partsOf(pointer);
  // A body that is written at its status is that status's alone.
  if (parts[3] === 'responses' && parts.at(-1) === 'schema' && !('$ref' in schema)) {
    return { ...place, of: parts[4] ?? '' };
  }
  const [, , component = '', ...rest] = parts;
  const isRow = place.field === 'data[]' && rest.length === 0;
  if (!isRow || Array.isArray(at(document, `${pointer}/oneOf`))) return place;
  return { ...place, of: String(schema['title'] ?? component) };
}

/** The request is a list of tasks; a field is named within its task. */
const isTaskList = ({ direction, field }: Place) => direction === 'request' && field === '';

/** The schemas of all request and response bodies. */
function* contentSchemas(document: JsonObject) {
  for (const [path, methods] of Object.entries(Object(document['paths']))) {
    for (const [method, operation] of Object.entries(Object(methods))) {
      const parts = ['paths', path, method];
      const bodies: [Place['direction'], string[]][] = [['request', ['requestBody']]];
      for (const status of Object.keys(Object(at(operation, '#/responses')))) {
        bodies.push(['response', ['responses', status]]);
      }
      for (const [direction, body] of bodies) {
        const content = at(document, pointerOf([...parts, ...body, 'content']));
        for (const mediaType of Object.keys(Object(content))) {
          const pointer = pointerOf([...parts, ...body, 'content', mediaType, 'schema']);
          yield { pointer, direction };
        }
      }
    }
  }
}
