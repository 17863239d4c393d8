import { defaults } from '@sync3/generated/constants';
import { parameters } from '@sync3/generated/parameters';

/** The `outputFormat` of a job that names none. */
const standardFormat = String(defaults['outputFormat'] ?? 'MP4');
/** Names of formats, which are those of their extensions. */
const formats = parameters
  .filter(({ path }) => path.join('.') === 'outputFormat')
  .flatMap(({ choices = [] }) => choices.map(({ value }) => `${value}`));
const extensionPattern = new RegExp(`\\.(${[standardFormat, ...formats].join('|')})$`, 'i');

/** Names that Windows keeps for devices, with any extension. */
const reserved = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)(\.|$)/i;
/** Characters that Windows takes in no name, among them the backslash; and control characters. */
const forbidden = /[<>:"|?*\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
/** How `outputFiles` names several results. */
const numbered = /\.\d+of\d+$/i;
/** Bytes of a name that common file systems take, less room for the number of a result. */
const longestName = 255 - '.20of20'.length;

/**
 * Makes the name of an item's result, relative to the output folder, out of what the manifest says:
 * folders are divided by `/`, and an extension that is missing is added. The name is good on every
 * common system and never leads out of the folder.
 *
 * @param outputFormat of the parameters. Default: that of the API.
 * @returns the name, or what is wrong with it.
 */
export function outputName(
  name: string,
  outputFormat: unknown = standardFormat,
): { name: string } | { reason: string } {
  const format = formats.includes(`${outputFormat}`) ? `${outputFormat}` : standardFormat;
  const extension = `.${format.toLowerCase()}`;
  const given = extensionPattern.exec(name)?.[0];
  if (given && given.toLowerCase() !== extension) {
    return { reason: `ends in "${given}", but outputFormat makes it a "${extension}"` };
  }
  const full = given ? name : `${name}${extension}`;
  const segments = full.split('/');
  for (const [index, segment] of segments.entries()) {
    const isFolder = index < segments.length - 1;
    const reason = faultOf(segment, isFolder);
    if (reason) return { reason };
  }
  return { name: full };
}

function faultOf(segment: string, isFolder: boolean): string | undefined {
  const stem = isFolder ? segment : segment.replace(extensionPattern, '');
  if (segment === '..') return 'leads out of the output folder ("..")';
  if (segment === '' || stem === '')
    return 'has an empty part; it must be relative, like "a/b.mp4"';
  if (segment === '.') return 'has a part that is "."';
  const [character] = forbidden.exec(segment) ?? [];
  if (character !== undefined) {
    return `has the character ${JSON.stringify(character)}, which not every system takes in a name`;
  }
  if (/\p{Surrogate}/u.test(segment)) return 'is not well-formed Unicode';
  if (reserved.test(segment)) return `has a part that Windows keeps for a device: "${segment}"`;
  if (/^ |[ .]$/.test(stem)) return `has a part with a space or a dot at its edge: "${segment}"`;
  if (Buffer.byteLength(segment) > longestName) {
    return `has a part of more than ${longestName} bytes`;
  }
  if (isFolder && extensionPattern.test(segment))
    return `has a folder "${segment}" named like a video`;
  if (!isFolder && numbered.test(stem)) {
    return `ends like one of several results of an item ("${segment}"); choose another`;
  }
  return undefined;
}

/**
 * The same text for all names that a file system may take for one: those that differ in case, or in
 * the way that accents are written.
 */
export function foldedName(name: string): string {
  return name.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
}

/**
 * The files of an item: its output name, or `clip.1of3.mp4` to `clip.3of3.mp4` when it has several
 * results. No two items of a batch share a file.
 *
 * @param output of the item.
 * @param numberResults of its parameters.
 */
export function outputFiles(output: string, numberResults = 1): string[] {
  if (numberResults === 1) return [output];
  const extension = extensionPattern.exec(output)?.[0] ?? '';
  const stem = output.slice(0, output.length - extension.length);
  return Array.from(
    { length: numberResults },
    (_, index) => `${stem}.${index + 1}of${numberResults}${extension}`,
  );
}
