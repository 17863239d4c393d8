import { upstreamName } from '../normal-form/names.ts';
import { isSame } from './canonical.ts';
import type { Change, Group } from './change.ts';
import { asides, proseChange } from './document-changes.ts';
import { isObject, type JsonObject, pointerOf } from './pointer.ts';
import { code, list } from './words.ts';

/** What changed in the operation that takes tasks, around its schemas. */
export function changesOfOperation(
  oldDocument: JsonObject,
  document: JsonObject,
  oldPath: string,
  path: string,
): Change[] {
  const [old, current] = [operationAt(oldDocument, oldPath), operationAt(document, path)];
  const pointer = pointerOf(['paths', path, 'post']);
  const change = (group: Group, key: string, text: string): Change => ({
    group,
    field: '',
    pointer: `${pointer}/${key}`,
    text,
  });
  const changes: Change[] = [];
  for (const key of ['summary', 'description']) {
    changes.push(...proseChange('The operation', key, old[key], current[key], `${pointer}/${key}`));
  }
  const [name, newName] = [old, current].map((one) =>
    upstreamName in one ? one[upstreamName] : one['operationId'],
  );
  if (name !== newName) {
    const text = `Runware calls the operation ${code(newName)} now (before: ${code(name)}). That is a new name for the same: what the packages export keeps its names.`;
    changes.push(change('Fixed', 'operationId', text));
  }
  if (old['deprecated'] !== current['deprecated']) {
    changes.push(
      current['deprecated'] === true
        ? change('Added', 'deprecated', 'The operation is deprecated. Plan to do without it.')
        : change('Fixed', 'deprecated', 'The operation is no longer deprecated.'),
    );
  }
  changes.push(...changesOfParameters(old, current, change));
  changes.push(
    ...changesOfRequest(Object(old['requestBody']), Object(current['requestBody']), change),
  );
  changes.push(
    ...changesOfResponses(Object(old['responses']), Object(current['responses']), pointer),
  );
  const told = ['summary', 'description', 'operationId', 'deprecated', 'parameters'];
  return [
    ...changes,
    ...asides(old, current, pointer, [
      ...told,
      upstreamName,
      'requestBody',
      'responses',
      'security',
      'servers',
    ]),
  ];
}

type MakeChange = (group: Group, key: string, text: string) => Change;

const operationAt = (document: JsonObject, path: string): JsonObject =>
  Object(Object(document['paths'])[path])['post'];

function changesOfParameters(old: JsonObject, current: JsonObject, change: MakeChange): Change[] {
  const listOf = ({ parameters }: JsonObject) => [parameters ?? []].flat().filter(isObject);
  const [before, now] = [listOf(old), listOf(current)];
  const find = (all: JsonObject[], one: JsonObject) =>
    all.find((other) => other['name'] === one['name'] && other['in'] === one['in']);
  const words = (some: JsonObject[]) =>
    list(some.map((one) => `${code(one['name'])} (${code(one['in'])})`));
  const come = now.filter((one) => !find(before, one));
  const gone = before.filter((one) => !find(now, one));
  const others = now.filter((one) => find(before, one) && !isSame(find(before, one), one));
  const changes: Change[] = [];
  if (come.some((one) => one['required'] === true)) {
    const text = `A request has new parameters, of which it must have some: ${words(come)}. Add them.`;
    changes.push(change('Breaking', 'parameters', text));
  } else if (come.length > 0) {
    changes.push(
      change('Added', 'parameters', `A request can have new parameters: ${words(come)}.`),
    );
  }
  if (gone.length > 0) {
    changes.push(
      change(
        'Breaking',
        'parameters',
        `A request no longer has the parameters ${words(gone)}. Leave them out.`,
      ),
    );
  }
  if (others.length > 0) {
    const text = `The parameters ${words(others)} follow other rules now. See whether they hold for you.`;
    changes.push(change('Breaking', 'parameters', text));
  }
  return changes;
}

function changesOfRequest(old: JsonObject, current: JsonObject, change: MakeChange): Change[] {
  const changes = proseChange(
    'The body of a request',
    'description',
    old['description'],
    current['description'],
    '#/paths',
  );
  if ((old['required'] === true) !== (current['required'] === true)) {
    changes.push(
      current['required'] === true
        ? change('Breaking', 'requestBody', 'A request must have a body now.')
        : change('Added', 'requestBody', 'A request need not have a body any more.'),
    );
  }
  const [before, now] = [old, current].map(({ content }) => Object.keys(Object(content))) as [
    string[],
    string[],
  ];
  for (const type of now.filter((one) => !before.includes(one))) {
    changes.push(change('Added', 'requestBody', `A request can also be sent as ${code(type)}.`));
  }
  for (const type of before.filter((one) => !now.includes(one))) {
    changes.push(
      change('Breaking', 'requestBody', `A request can no longer be sent as ${code(type)}.`),
    );
  }
  return changes;
}

function changesOfResponses(old: JsonObject, current: JsonObject, operation: string): Change[] {
  const pointerTo = (status: string) => `${operation}${pointerOf(['responses', status]).slice(1)}`;
  return [...new Set([...Object.keys(old), ...Object.keys(current)])].flatMap(
    (status): Change[] => {
      const [before, now] = [old[status], current[status]];
      const change = (group: Group, text: string): Change => ({
        group,
        field: '',
        pointer: pointerTo(status),
        text,
      });
      if (!isObject(now)) {
        return [
          change(
            'Breaking',
            `The API is no longer said to answer ${code(status)}. Types that name it are gone.`,
          ),
        ];
      }
      if (!isObject(before)) {
        return [
          change('Added', `The API can answer ${code(status)}: ${code(now['description'])}.`),
        ];
      }
      const subject = `The answer ${code(status)}`;
      const prose = [before['description'], now['description']] as const;
      return [
        ...proseChange(subject, 'description', ...prose, pointerTo(status)),
        ...changesOfHeaders(Object(before['headers']), Object(now['headers']), subject, change),
        ...changesOfContent(Object(before['content']), Object(now['content']), status, change),
        ...asides(before, now, pointerTo(status), ['description', 'headers', 'content']),
      ];
    },
  );
}

type MakeText = (group: Group, text: string) => Change;

function changesOfHeaders(
  old: JsonObject,
  current: JsonObject,
  subject: string,
  change: MakeText,
): Change[] {
  const come = Object.keys(current).filter((name) => !(name in old));
  const gone = Object.keys(old).filter((name) => !(name in current));
  const others = Object.keys(current).filter(
    (name) => name in old && !isSame(old[name], current[name]),
  );
  const words = (names: string[]) => list(names.map(code));
  return [
    ...(come.length > 0 ? [change('Added', `${subject} has headers now: ${words(come)}.`)] : []),
    ...(gone.length > 0
      ? [change('Breaking', `${subject} is no longer said to have the headers ${words(gone)}.`)]
      : []),
    ...others.map((name) =>
      change(
        'Breaking',
        `The header ${code(name)} follows other rules now. See whether they hold for you.`,
      ),
    ),
  ];
}

function changesOfContent(
  old: JsonObject,
  current: JsonObject,
  status: string,
  change: MakeText,
): Change[] {
  const subject = `The body of the answer ${code(status)}`;
  const isDescribed = (content: JsonObject, type: string) =>
    isObject(content[type]) && 'schema' in content[type];
  return [...new Set([...Object.keys(old), ...Object.keys(current)])].flatMap((type) => {
    if (!(type in old))
      return [change('Added', `The answer ${code(status)} can also be ${code(type)}.`)];
    if (!(type in current))
      return [change('Breaking', `The answer ${code(status)} is no longer ${code(type)}.`)];
    const [before, now] = [isDescribed(old, type), isDescribed(current, type)];
    if (before === now) return [];
    return now
      ? [change('Added', `${subject} is described now.`)]
      : [change('Breaking', `${subject} is no longer described. Do not rely on it.`)];
  });
}
