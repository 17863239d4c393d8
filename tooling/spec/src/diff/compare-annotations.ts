import { added, breaking, type Direction, type Finding } from './finding.ts';
import { isObject, type JsonObject } from './pointer.ts';
import { code, list } from './words.ts';

const prose = ['title', 'description', 'examples', 'example', '$comment', 'externalDocs', 'xml'];

/** Says nothing about what is accepted. */
export const isProse = (keyword: string): boolean =>
  prose.includes(keyword) ||
  ['definitions', '$defs', 'contentMediaType', 'contentEncoding', 'discriminator'].includes(
    keyword,
  ) ||
  keyword.startsWith('x-');

/** What the API takes where nothing is given. */
export function compareDefault(
  old: JsonObject,
  current: JsonObject,
  direction: Direction,
): Finding {
  const [before, now] = [old['default'], current['default']].map((value) => code(value));
  if (direction === 'response') return { group: 'Fixed', text: `has another default: ${now}.` };
  if (!('default' in old)) return added(`is ${now} when it is left out.`);
  if (!('default' in current)) {
    const text = `no longer says what it is when it is left out (before: ${before}). Give it where that matters.`;
    return breaking(text);
  }
  return breaking(
    `is ${now} now when it is left out (before: ${before}). Give it where the old value matters.`,
  );
}

/** `deprecated`. */
export function compareDeprecation(current: JsonObject): Finding {
  if (current['deprecated'] === true) return added('is deprecated. Plan to do without it.');
  return { group: 'Fixed', text: 'is no longer deprecated.' };
}

/** Words that are not those they were. */
export function proseText(keyword: string, now: unknown): string {
  if (now === undefined && keyword !== 'description') {
    return `no longer has ${code(keyword)} in the document. What it means stays the same.`;
  }
  if (keyword === 'definitions' || keyword === '$defs') {
    const names = isObject(now) ? Object.keys(now).map(code) : [];
    const what = names.length > 0 ? `: ${list(names)}` : '';
    return `has other definitions beside its rule${what}. What is accepted stays the same.`;
  }
  if (keyword === 'title') return `is called ${code(now)} in the documentation.`;
  if (keyword === 'description') {
    return now === undefined ? 'is no longer described.' : `is described anew: ${code(now)}.`;
  }
  return `has another ${code(keyword)} in the document. What it means stays the same.`;
}
