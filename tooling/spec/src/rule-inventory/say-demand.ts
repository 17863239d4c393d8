import type { Demand } from './demand.ts';
import { formOf } from './keywords.ts';
import { plainName } from './plain-name.ts';

/**
 * A demand in a few words, such as `maximum 99`.
 *
 * @param other what has come of it, or what it was; only what is different is said then.
 */
export function sayDemand(demand: Demand, other?: Demand): string {
  const { keyword, rows, names, shutOut } = demand;
  const [{ value }] = rows;
  if (formOf(keyword) && !(keyword === 'additionalProperties' && value === false)) {
    return sayParts(demand, other);
  }
  const text = sayPart(keyword, [], value, names);
  return shutOut.length > 0 ? `${text}, which refuses also ${shutOut.join(', ')}` : text;
}

function sayParts(demand: Demand, other: Demand | undefined): string {
  const { keyword } = demand;
  const [own, others] = [demand, other].map((side) => side && textsOf(side));
  const mine = own?.filter((text) => !others?.includes(text)) ?? [];
  if (!others) return `${keyword} of ${mine.join(', ')}`;
  const missing = others.filter((text) => !own?.includes(text));
  const differences = [
    ...(mine.length > 0 ? [`with ${mine.join(', ')}`] : []),
    ...(missing.length > 0 ? [`without ${missing.join(', ')}`] : []),
  ];
  return `${keyword} ${differences.join(' and ') || 'of the same, put together in another way'}`;
}

/** What the parts of a combined rule say, each once. */
function textsOf({ keyword, rows, paths }: Demand): string[] {
  const texts = rows.map(({ value }, index) => {
    const path = paths[index] ?? [];
    const words = (path[0] === keyword ? path.slice(1) : path).filter(
      (part) => !/^\d+$|^properties$|^allOf$|^\$ref$/.test(part),
    );
    return sayPart(words.at(-1) ?? '', words.slice(0, -1), value);
  });
  return [...new Set(texts)];
}

function sayPart(keyword: string, place: string[], value: unknown, names: string[] = []): string {
  if (names.length === 1) return keyword;
  if (value === true && keyword === '') return 'that any value is accepted';
  if (value === false && keyword === '') return 'that nothing is accepted';
  return [...[...place, keyword].map(plainName), JSON.stringify(value)].join(' ');
}
