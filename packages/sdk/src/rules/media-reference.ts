import { format } from './check.js';

/** RFC 4122 in any version, with or without `urn:uuid:`, as ajv-formats reads `format: uuid`. */
const uuidPattern = /^(?:urn:uuid:)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

// RFC 3986, as ajv-formats reads `format: uri`: a scheme and something after it, ASCII only. Every
// repetition is one character class, so that a data URI of many megabytes needs no stack; that a
// `%` begins an escape is checked on its own.
const brokenEscape = /%(?![\da-f]{2})/i;
const name = "-\\w.~!$&'()*+,;=%";
const character = `[${name}:@]`;
const octet = '(?:25[0-5]|2[0-4]\\d|[01]?\\d\\d?)';
const hextet = '[\\da-f]{1,4}';
const last32Bits = `(?:${hextet}:${hextet}|${octet}(?:\\.${octet}){3})`;
/** So many hextets, each with its colon. */
const hextets = (count: number) => `(?:${hextet}:){${count}}`;
/** At most so many hextets, and one more, before a double colon. */
const before = (most: number) => (most < 0 ? '' : `(?:(?:${hextet}:){0,${most}}${hextet})?`);
const ipv6 = [
  hextets(6) + last32Bits,
  ...[5, 4, 3, 2, 1, 0].map((after) => `${before(4 - after)}::${hextets(after)}${last32Bits}`),
  `${before(5)}::${hextet}`,
  `${before(6)}::`,
].join('|');
const ipFuture = "v[\\da-f]+\\.[-\\w.~!$&'()*+,;=:]+";
const afterScheme = [
  `//?(?:[${name}:]*@)?(?:\\[(?:${ipv6}|${ipFuture})\\]|[${name}]*)(?::\\d*)?(?:/[${name}:@/]*)?`,
  `/(?:${character}[${name}:@/]*)?`,
  `${character}[${name}:@/]*`,
].join('|');
const tail = `[${name}:@/?]*`;
const uriPattern = new RegExp(
  `^[a-z][a-z\\d+.-]*:(?:${afterScheme})(?:\\?${tail})?(?:#${tail})?$`,
  'i',
);

export const isUuid = (text: string): boolean => uuidPattern.test(text);
export const isUri = (text: string): boolean => !brokenEscape.test(text) && uriPattern.test(text);

export const uuid = format(isUuid, 'format', 'a UUID');
export const uri = format(isUri, 'format', 'a URL');

/** A media UUID or a URL of the media. */
export const mediaReference = format(
  (text) => isUuid(text) || isUri(text),
  'anyOf',
  'a URL, or the UUID of an uploaded file',
);
