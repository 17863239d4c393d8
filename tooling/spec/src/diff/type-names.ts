import type { Change } from './change.ts';
import { at, pointerOf } from './pointer.ts';
import type { Indexed } from './units.ts';
import { code } from './words.ts';

/** Types that came or went: `redocly diff` takes no note of it where they describe the same values. */
export function changesOfTypeNames(old: Indexed, current: Indexed): Change[] {
  const names = ({ document }: Indexed) =>
    Object.keys(Object(at(document, '#/components/schemas')));
  const without = (some: string[], others: string[]) =>
    some.filter((name) => !others.includes(name));
  const change = (group: Change['group'], name: string, text: string): Change => {
    return { group, field: '', pointer: pointerOf(['components', 'schemas', name]), text };
  };
  return [
    ...without(names(old), names(current)).map((name) =>
      change('Breaking', name, `The type ${code(name)} is gone. Do not import it.`),
    ),
    ...without(names(current), names(old)).map((name) =>
      change('Added', name, `The type ${code(name)} is new.`),
    ),
  ];
}
