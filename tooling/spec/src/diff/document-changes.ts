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
  const { base, revision } = difference;
  const pointer = (revision ?? base)?.pointer ?? '#';
  const [before, now] = [
    base && at(old.document, base.pointer),
    revision && at(current.document, revision.pointer),
  ];
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
    const text = `${subject ?? 'The document'} has another ${property}: ${code(now)}.`;
    return { group: 'Fixed', text };
  }
  if (typeName === 'Server') {
    const text = `The API's address is ${code(urlOf(now))} now (before: ${code(urlOf(before))}). Give it as the base URL if you set your own.`;
    return { group: 'Breaking', text };
  }
  if (typeName.startsWith('Security')) {
    const text =
      'How requests are authorised has changed. Check that your credentials are still taken.';
    return { group: 'Breaking', text };
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
  if (property === 'operationId') {
    const text = `The operation is called ${code(now)} now (before: ${code(before)}). Rename the generated function where you call it.`;
    return { group: 'Breaking', text };
  }
  const said = verdicts.map(({ message }) => ` (${code(message)})`).join('');
  const what = `${typeName.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()} ${code(property || parts.at(-1))}`;
  const groups = { major: 'Breaking', minor: 'Added', patch: 'Fixed' } as const;
  return { group: groups[impact], text: `In the document the ${what} was ${kind}${said}.` };
}

const prose = ['title', 'description', 'summary', 'version', 'termsOfService'];

const where: Record<string, string> = { Info: 'The API', Operation: 'The operation' };

const statusIn = (parts: string[]) => parts[parts.indexOf('responses') + 1];

const urlOf = (node: unknown) => (isObject(node) ? node['url'] : node);
