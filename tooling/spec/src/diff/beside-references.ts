import { isSame } from './canonical.ts';
import type { Change } from './change.ts';
import { isProse } from './compare-annotations.ts';
import type { JsonObject } from './pointer.ts';
import type { Indexed } from './units.ts';
import { code, label } from './words.ts';

/** What stands beside a `$ref` counts since OpenAPI 3.1; `redocly diff` does not look at it. */
export function changesBesideReferences(old: Indexed, current: Indexed): Change[] {
  return [...current.index].flatMap(
    ([
      pointer,
      {
        schema,
        places: [place],
      },
    ]): Change[] => {
      const before = old.index.get(pointer)?.schema;
      // A reference that is new is told as what it refers to.
      if (!before || !('$ref' in before) || !('$ref' in schema)) return [];
      const [was, is] = [before, schema].map(limitsBeside);
      if (isSame(was, is)) return [];
      const [subject, field] = place ? [label(place), place.field] : [code(pointer), ''];
      const text = `${subject} follows other rules beside those of what it refers to: ${code(is)} (before: ${code(was)}). See whether that holds for you.`;
      return [{ group: 'Breaking', field, pointer, text }];
    },
  );
}

function limitsBeside({ $ref: _, ...rest }: JsonObject): JsonObject {
  const limits = Object.entries(rest).filter(
    ([keyword]) => !isProse(keyword) && !['default', 'deprecated'].includes(keyword),
  );
  return Object.fromEntries(limits);
}
