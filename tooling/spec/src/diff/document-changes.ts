import type { Change } from './change.ts';
import { at, isObject, partsOf } from './pointer.ts';
import type { Difference } from './redocly-diff.ts';
import type { Indexed } from './units.ts';
import { code } from './words.ts';

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
  if (prose.includes(property)) {
    const subject =
      typeName === 'Response' ? `The answer ${code(statusIn(parts))}` : where[typeName];
    const what = now === undefined ? `no longer has a ${property}` : `has another ${property}`;
    const value = now === undefined ? '' : `: ${code(now)}`;
    return { group: 'Fixed', text: `${subject ?? 'The document'} ${what}${value}.` };
  }
  if (typeName === 'Server') return meaningOfServer(urlOf(before), urlOf(now));
  if (typeName.startsWith('Security')) {
    const text =
      'How requests are authorised has changed. Check that your credentials are still taken.';
    return { group: kind === 'added' ? 'Added' : 'Breaking', text };
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
  if (typeName === 'Schema' && parts.length === 3) {
    const name = code(parts[2]);
    return kind === 'added'
      ? { group: 'Added', text: `The type ${name} is new.` }
      : { group: 'Breaking', text: `The type ${name} is gone. Do not import it.` };
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
  if (property === 'operationId') {
    const text = `The operation is called ${code(now)} now (before: ${code(before)}). Rename the generated function where you call it.`;
    return { group: 'Breaking', text };
  }
  const said = verdicts.map(({ message }) => ` (${code(message)})`).join('');
  const what = `${typeName.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()} ${code(property || parts.at(-1))}`;
  if (['ExternalDocs', 'Tag', 'TagList'].includes(typeName)) {
    return { group: 'Fixed', text: `In the document the ${what} was ${kind}.` };
  }
  const groups = { major: 'Breaking', minor: 'Added', patch: 'Fixed' } as const;
  return { group: groups[impact], text: `In the document the ${what} was ${kind}${said}.` };
}

function meaningOfServer(before: unknown, now: unknown): Pick<Change, 'group' | 'text'> {
  const advice = 'Give it as the base URL if you set your own.';
  if (before === undefined) return { group: 'Added', text: `The API is also at ${code(now)}.` };
  if (now === undefined) {
    return { group: 'Breaking', text: `The API is no longer at ${code(before)}.` };
  }
  const text = `The API's address is ${code(now)} now (before: ${code(before)}). ${advice}`;
  return { group: 'Breaking', text };
}

const prose = ['title', 'description', 'summary', 'version', 'termsOfService'];

const where: Record<string, string> = { Info: 'The API', Operation: 'The operation' };

const statusIn = (parts: string[]) => parts[parts.indexOf('responses') + 1];

const urlOf = (node: unknown) => (isObject(node) ? node['url'] : node);
