import type { Parameter } from '@sync3/generated/parameters';
import { kebabCase } from './path-names.js';

/** Options that are called otherwise than the rule below would call them. */
const shortNames: Readonly<Record<string, string>> = {
  'speech.text': 'text',
  'speech.voice': 'voice',
  outputFormat: 'format',
  outputQuality: 'quality',
  'safety.mode': 'safety',
};

/** What the names of some objects become in front of a name. */
const shortPrefixes: Readonly<Record<string, string>> = { activeSpeakerDetection: 'speaker' };

/** Objects whose names say nothing about what is in them. */
const wrappers = ['inputs', 'settings'];

/**
 * The name of the option for each parameter: that of its property, with that of the object around it
 * unless this is the request or one of the `wrappers`. A name that is taken gets the names of all
 * objects around it; parameters nearer to the root choose first.
 *
 * @param taken names of the commands' own options.
 * @returns names without the dashes, by dotted path; a parameter whose name has neither a Latin letter
 * nor a digit has none.
 */
export function optionNames(
  parameters: readonly Parameter[],
  taken: readonly string[],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const used = new Set(taken);
  const choose = (key: string, candidates: readonly (string | undefined)[]) => {
    const name = candidates.find((candidate) => candidate && !used.has(candidate));
    if (name === undefined) return;
    used.add(name);
    names.set(key, name);
  };
  const paths = parameters.map(({ path }) => path).sort((a, b) => a.length - b.length);
  const keys = paths.map((path) => path.join('.'));
  // Names that exist today stay, whatever else is called so one day.
  for (const key of keys) choose(key, [shortNames[key]]);
  for (const [index, path] of paths.entries()) {
    const key = keys[index] ?? '';
    if (!names.has(key)) choose(key, candidatesFor(path));
  }
  return names;
}

function candidatesFor(path: readonly string[]): string[] {
  const property = path.at(-1) ?? '';
  if (!kebabCase(property)) return [];
  const parent = path.at(-2);
  const isPlain = parent === undefined || (path.length === 2 && wrappers.includes(parent));
  const near = isPlain ? [property] : [shortPrefixes[parent] ?? parent, property];
  return [near, path, ['request', ...path]].map((names) => kebabCase(names.join('-')));
}
