import { isSame } from './canonical.ts';
import type { Change } from './change.ts';
import { asides, proseChange } from './document-changes.ts';
import { at, isObject, type JsonObject, pointerOf } from './pointer.ts';
import { code, list } from './words.ts';

/** How the requests of tasks are authorised: each requirement is one way of doing it. */
export function changesOfSecurity(
  old: JsonObject,
  current: JsonObject,
  oldPath: string,
  path: string,
): Change[] {
  const [before, now] = [requirements(old, oldPath), requirements(current, path)];
  const within = (one: Requirement, all: Requirement[]) =>
    all.some((other) => isSame(one.meaning, other.meaning));
  const pointer = '#/security';
  if (before.some((one) => !within(one, now))) {
    const text =
      'How requests are authorised has changed. Check that your credentials are still taken.';
    return [{ group: 'Breaking', field: '', pointer, text }];
  }
  const added = now
    .filter((one) => !within(one, before))
    .map((one): Change => {
      const text = `Requests can also be authorised with ${one.names.length > 0 ? list(one.names.map(code)) : 'no credentials'}.`;
      return { group: 'Added', field: '', pointer, text };
    });
  return [...added, ...words(old, current)];
}

interface Requirement {
  names: string[];
  meaning: unknown;
}

function requirements(document: JsonObject, path: string): Requirement[] {
  const operation = Object(at(document, `${pointerOf(['paths', path, 'post'])}`)) as JsonObject;
  const all = operation['security'] ?? document['security'] ?? [];
  return [all]
    .flat()
    .filter(isObject)
    .map((requirement) => ({
      names: Object.keys(requirement),
      meaning: Object.entries(requirement).map(([name, scopes]) => {
        const { description: _, bearerFormat: __, ...scheme } = schemesOf(document)[name] ?? {};
        return [
          Object.fromEntries(Object.entries(scheme).filter(([key]) => !key.startsWith('x-'))),
          scopes,
        ];
      }),
    }));
}

const schemesOf = (document: JsonObject) =>
  Object(at(document, '/components/securitySchemes')) as Record<string, JsonObject>;

/** What is said about ways that mean what they meant. */
function words(old: JsonObject, current: JsonObject): Change[] {
  const [before, now] = [schemesOf(old), schemesOf(current)];
  return Object.entries(now).flatMap(([name, scheme]) => {
    const known = before[name];
    if (!known) return [];
    const pointer = pointerOf(['components', 'securitySchemes', name]);
    const prose = [known['description'], scheme['description']] as const;
    return [
      ...proseChange('The way of authorising requests', 'description', ...prose, pointer),
      ...asides(known, scheme, pointer, ['description']),
    ];
  });
}
