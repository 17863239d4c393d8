import { isSame } from './canonical.ts';
import type { Change } from './change.ts';
import { limitsOf } from './compare-alternatives.ts';
import { compareDefault } from './compare-annotations.ts';
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
      if (!before || !('$ref' in schema)) return [];
      // What a reference that is new refers to is told by itself, and what was there before, too.
      const [was, is] = ['$ref' in before ? limitsBeside(before) : {}, limitsBeside(schema)];
      const [subject, field] = place ? [label(place), place.field] : [code(pointer), ''];
      const isDefault = 'default' in schema || ('$ref' in before && 'default' in before);
      if (isDefault && !isSame(before['default'], schema['default'])) {
        const { group, text } = compareDefault(before, schema, place?.direction ?? 'request');
        return [{ group, field, pointer: `${pointer}/default`, text: `${subject} ${text}` }];
      }
      if (isSame(was, is)) return [];
      const text = `${subject} follows other rules beside those of what it refers to: ${code(is)} (before: ${code(was)}). See whether that holds for you.`;
      return [{ group: 'Breaking', field, pointer, text }];
    },
  );
}

const limitsBeside = ({ $ref: _, ...rest }: JsonObject): JsonObject => limitsOf(rest);
