import type { Change } from './change.ts';
import { at, isObject, partsOf } from './pointer.ts';
import type { Difference } from './redocly-diff.ts';
import type { Indexed } from './units.ts';
import { code, list } from './words.ts';

/** What changed in the document around its schemas, in the words of `redocly diff` where it has any. */
export function describeDocumentChange(
  difference: Difference,
  old: Indexed,
  current: Indexed,
): Change {
  const { base, revision, property } = difference;
  const pointer = (revision ?? base)?.pointer ?? '#';
  const valueIn = ({ document }: Indexed, place: { pointer: string } | undefined) => {
    // Where what changed is missing, the report points at what encloses it.
    const isThere = property === undefined || partsOf(place?.pointer ?? '').at(-1) === property;
    return place && isThere ? at(document, place.pointer) : undefined;
  };
  const [before, now] = [valueIn(old, base), valueIn(current, revision)];
  return { field: '', pointer, ...meaningOf(difference, pointer, before, now) };
}

function meaningOf(
  { typeName, kind, property = '', impact, verdicts }: Difference,
  pointer: string,
  before: unknown,
  now: unknown,
): Pick<Change, 'group' | 'text'> {
  const parts = partsOf(pointer);
  if (isAside(typeName, property, parts)) {
    const name = code(property || parts.at(-1));
    return {
      group: 'Fixed',
      text: `The document has another ${name}. What it means stays the same.`,
    };
  }
  if (prose.includes(property)) {
    const subject =
      typeName === 'Response' ? `The answer ${code(statusIn(parts))}` : where[typeName];
    const name = property === 'termsOfService' ? 'address of its terms of service' : property;
    const text =
      now === undefined ? `no longer has a ${name}` : `has another ${name}: ${code(now)}`;
    return { group: 'Fixed', text: `${subject ?? 'The document'} ${text}.` };
  }
  if (typeName === 'Server') return meaningOfServer(urlOf(before), urlOf(now), parts);
  if (typeName === 'ServerList' && kind === 'added') {
    const urls = list(
      [now].flat().map((server) => code(urlOf(server))),
      'or',
    );
    const text = `Requests go to ${urls} now, and not to the address of the whole API. ${baseUrl}`;
    return { group: 'Breaking', text };
  }
  if (typeName.startsWith('Security')) {
    const text =
      'How requests are authorised has changed. Check that your credentials are still taken.';
    return { group: kind === 'added' && impact !== 'major' ? 'Added' : 'Breaking', text };
  }
  if (typeName === 'PathItem' && kind === 'added') {
    return { group: 'Added', text: `The API has a new path: ${code(parts[1])}.` };
  }
  if (typeName === 'Response' && kind === 'added') {
    const meaning = isObject(now) ? `: ${code(now['description'])}` : '';
    return { group: 'Added', text: `The API can answer ${code(statusIn(parts))}${meaning}.` };
  }
  if (typeName === 'Response' && kind === 'removed') {
    const text = `The API is no longer said to answer ${code(statusIn(parts))}. Types that name it are gone.`;
    return { group: 'Breaking', text };
  }
  if (typeName === 'HeadersMap' && kind === 'added') {
    const names = list(Object.keys(Object(now)).map(code));
    return {
      group: 'Added',
      text: `The answer ${code(statusIn(parts))} has headers now: ${names}.`,
    };
  }
  if (typeName === 'MediaType' && kind === 'added') {
    const text = parts.includes('responses')
      ? `The answer ${code(statusIn(parts))} can also be ${code(parts.at(-1))}.`
      : `A request can also be sent as ${code(parts.at(-1))}.`;
    return { group: 'Added', text };
  }
  if (typeName === 'Schema' && parts.at(-1) !== 'schema' && parts[0] === 'paths') {
    const at = Math.max(parts.indexOf('headers'), parts.indexOf('parameters'));
    if (at >= 0) {
      const subject = parts[at] === 'headers' ? `The header ${code(parts[at + 1])}` : 'A parameter';
      const text = `${subject} follows other rules now: ${code(property || parts.at(-1))} was ${kind}. See whether they hold for you.`;
      return { group: groupOfImpact[impact], text };
    }
  }
  if (['ParameterList', 'Parameter'].includes(typeName) && kind === 'added') {
    const all = [now].flat().filter(isObject);
    const names = list(all.map((one) => `${code(one['name'])} (${code(one['in'])})`));
    return impact === 'major'
      ? {
          group: 'Breaking',
          text: `A request has new parameters, of which it must have some: ${names}. Add them.`,
        }
      : { group: 'Added', text: `A request can have new parameters: ${names}.` };
  }
  if (typeName === 'Schema') {
    const subject = parts.includes('responses')
      ? `The body of the answer ${code(statusIn(parts))}`
      : 'The body of the request';
    return kind === 'added'
      ? { group: 'Added', text: `${subject} is described now.` }
      : { group: 'Breaking', text: `${subject} is no longer described. Do not rely on it.` };
  }
  if (typeName === 'RequestBody' && property === 'required') {
    return now === true
      ? { group: 'Breaking', text: 'A request must have a body now.' }
      : { group: 'Added', text: 'A request need not have a body any more.' };
  }
  if (property === 'deprecated') {
    return now === true
      ? { group: 'Added', text: `The ${what(typeName)} is deprecated. Plan to do without it.` }
      : { group: 'Fixed', text: `The ${what(typeName)} is no longer deprecated.` };
  }
  if (property === 'operationId' && now === undefined) {
    const text = `The operation is no longer called ${code(before)}; it has no name in the document. Rename the generated function where you call it.`;
    return { group: 'Breaking', text };
  }
  if (property === 'operationId') {
    const text = `The operation is called ${code(now)} now (before: ${code(before)}). Rename the generated function where you call it.`;
    return { group: 'Breaking', text };
  }
  const said = verdicts.map(({ message }) => ` (${code(message)})`).join('');
  const subject = `${what(typeName)} ${code(property || parts.at(-1))}`;
  return {
    group: groupOfImpact[impact],
    text: `In the document the ${subject} was ${kind}${said}.`,
  };
}

const groupOfImpact = { major: 'Breaking', minor: 'Added', patch: 'Fixed' } as const;

/** Whether it says nothing about requests and answers. */
function isAside(typeName: string, property: string, parts: string[]): boolean {
  const isExtension = parts.some(
    (part, position) =>
      part.startsWith('x-') && !['headers', 'paths'].includes(parts[position - 1] ?? ''),
  );
  return (
    isExtension ||
    property === 'bearerFormat' ||
    ['Contact', 'License', 'ExternalDocs', 'Tag', 'TagList'].includes(typeName)
  );
}

const what = (typeName: string) => typeName.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

const baseUrl = 'Give it as the base URL if you set your own.';

function meaningOfServer(
  before: unknown,
  now: unknown,
  parts: string[],
): Pick<Change, 'group' | 'text'> {
  // Generated code takes the first of all.
  if (before === undefined && parts.join('/') === 'servers/0') {
    const text = `The API's first address is ${code(now)} now. ${baseUrl}`;
    return { group: 'Breaking', text };
  }
  if (before === undefined) return { group: 'Added', text: `The API is also at ${code(now)}.` };
  if (now === undefined) {
    return { group: 'Breaking', text: `The API is no longer at ${code(before)}.` };
  }
  const text = `The API's address is ${code(now)} now (before: ${code(before)}). ${baseUrl}`;
  return { group: 'Breaking', text };
}

const prose = ['title', 'description', 'summary', 'version', 'termsOfService'];

const where: Record<string, string> = {
  Info: 'The API',
  Operation: 'The operation',
  RequestBody: 'The body of a request',
  SecurityScheme: 'The way of authorising requests',
  Server: "The API's address",
};

const statusIn = (parts: string[]) => parts[parts.indexOf('responses') + 1];

const urlOf = (node: unknown) => (isObject(node) ? node['url'] : node);
