import { fullFormats } from 'ajv-formats/dist/formats.js';

/** How a format is told from other text, and how messages call it. */
interface Format {
  wanted: string;
  /** Function of `runtime/formats.ts`. */
  accepts?: string;
  pattern?: RegExp;
  /** Function of `runtime/checks.ts` that does it all. */
  check?: string;
}

const words: Record<string, string> = {
  email: 'an email address',
  hostname: 'a host name',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  duration: 'a duration such as PT5M',
};

const patterns = Object.entries(fullFormats).flatMap(([name, pattern]): [string, Format][] =>
  pattern instanceof RegExp ? [[name, { wanted: words[name] ?? `a ${name}`, pattern }]] : [],
);

/** The formats that rules can be made of, as ajv-formats reads them. */
export const formats: Record<string, Format> = {
  ...Object.fromEntries(patterns),
  uuid: { wanted: 'a UUID', accepts: 'isUuid' },
  uri: { wanted: 'a URL', accepts: 'isUri', check: 'url' },
};

import { localFile } from './runtime/formats.ts';

/** `anyOf` of these two stands for a file. */
const media: Format = {
  wanted: `a URL or a mediaUUID; ${localFile}`,
  accepts: 'isMediaReference',
  check: 'mediaReference',
};

/** Any of some formats. */
export function formatOf(names: readonly string[]): Format {
  const [name = '', ...more] = names;
  if (more.length === 0) return formats[name] as Format;
  if (names.toSorted().join() === 'uri,uuid') return media;
  return { wanted: names.map((one) => formats[one]?.wanted).join(' or ') };
}
