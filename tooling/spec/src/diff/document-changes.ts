import { findTask } from '../normal-form/find-task.ts';
import { changesOfAddress } from './address-changes.ts';
import { isSame } from './canonical.ts';
import type { Change } from './change.ts';
import { changesOfOperation } from './operation-changes.ts';
import { isObject, type JsonObject, pointerOf } from './pointer.ts';
import { changesOfSecurity } from './security-changes.ts';
import { code } from './words.ts';

/** What changed in the document around its schemas. */
export function changesAroundSchemas(old: JsonObject, current: JsonObject): Change[] {
  const [oldPath, path] = [findTask(old).path, findTask(current).path];
  return [
    ...changesOfInfo(Object(old['info']), Object(current['info'])),
    ...changesOfAddress(old, current, oldPath, path),
    ...changesOfSecurity(old, current, oldPath, path),
    ...changesOfPaths(old, current, oldPath, path),
    ...changesOfOperation(old, current, oldPath, path),
    ...asides(old, current, '#', ['openapi', 'info', 'servers', 'components', 'paths', 'security']),
    ...asides(Object(old['components']), Object(current['components']), '#/components', [
      'schemas',
      'securitySchemes',
    ]),
  ];
}

/** Words about the API. */
function changesOfInfo(old: JsonObject, current: JsonObject): Change[] {
  const words: Record<string, string> = { termsOfService: 'address of its terms of service' };
  for (const name of ['title', 'description', 'summary', 'version']) words[name] = name;
  return [
    ...Object.keys(words).flatMap((key) =>
      proseChange('The API', words[key] ?? key, old[key], current[key], `#/info/${key}`),
    ),
    ...asides(old, current, '#/info', Object.keys(words)),
  ];
}

/** Paths and operations other than that of the tasks. */
function changesOfPaths(old: JsonObject, current: JsonObject, oldPath: string, path: string) {
  const operations = (document: JsonObject, own: string) =>
    Object.entries(Object(document['paths']) as JsonObject).flatMap(([name, item]) =>
      Object.entries(isObject(item) ? item : {})
        .filter(
          ([method, operation]) => isObject(operation) && !(name === own && method === 'post'),
        )
        .map(([method, operation]) => ({ name: name === own ? path : name, method, operation })),
    );
  const [before, now] = [operations(old, oldPath), operations(current, path)];
  const change = (group: Change['group'], place: (typeof now)[number], text: string): Change => {
    const what = code(`${place.method.toUpperCase()} ${place.name}`);
    return {
      group,
      field: '',
      pointer: pointerOf(['paths', place.name, place.method]),
      text: text.replace('%', () => what),
    };
  };
  const find = (some: typeof now, { name, method }: (typeof now)[number]) =>
    some.find((one) => one.name === name && one.method === method);
  return [
    ...before
      .filter((one) => !find(now, one))
      .map((one) => change('Breaking', one, 'The API no longer has the operation %.')),
    ...now.flatMap((one) => {
      const known = find(before, one);
      if (!known) return [change('Added', one, 'The API has a new operation: %.')];
      if (isSame(known.operation, one.operation)) return [];
      return [
        change(
          'Breaking',
          one,
          'The operation % is described anew. See whether that holds for you.',
        ),
      ];
    }),
  ];
}

/** Parts of the document without a sentence of their own; most say nothing about requests and answers. */
export function asides(
  old: JsonObject,
  current: JsonObject,
  pointer: string,
  told: string[],
): Change[] {
  return [...new Set([...Object.keys(old), ...Object.keys(current)])]
    .filter((key) => !told.includes(key) && !isSame(old[key], current[key]))
    .map((key) => {
      const isHarmless = key.startsWith('x-') || harmless.includes(key);
      return {
        group: isHarmless ? 'Fixed' : 'Breaking',
        field: '',
        pointer: `${pointer}${pointerOf([key]).slice(1)}`,
        text: isHarmless
          ? `The document has another ${code(key)}. What it means stays the same.`
          : `The document has another ${code(key)}. See whether that holds for you.`,
      };
    });
}

/** Of components: those that are referred to are written where they are. */
const harmless = [
  ...['tags', 'externalDocs', 'contact', 'license', 'bearerFormat', 'jsonSchemaDialect', '$self'],
  ...['links', 'examples', 'responses', 'requestBodies', 'parameters', 'headers', 'pathItems'],
];

/** Words about something that are not those they were. */
export function proseChange(
  subject: string,
  name: string,
  before: unknown,
  now: unknown,
  pointer: string,
): Change[] {
  if (before === now) return [];
  const text = now === undefined ? `no longer has a ${name}` : `has another ${name}: ${code(now)}`;
  return [{ group: 'Fixed', field: '', pointer, text: `${subject} ${text}.` }];
}
