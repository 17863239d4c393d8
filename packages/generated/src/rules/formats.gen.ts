// This file is generated from the composed document by tooling/spec/src/rules.

/** RFC 4122 in any version, with or without `urn:uuid:`, as ajv-formats reads `format: uuid`. */
const uuidPattern = /^(?:urn:uuid:)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

// RFC 3986, as ajv-formats reads `format: uri`: a scheme and something after it, ASCII only. Every
// repetition is one character class, so that a data URI of many megabytes needs no stack; that a
// `%` begins an escape is checked on its own. Most hosts are names, which are tried first.
const brokenEscape = /%(?![\da-f]{2})/i;
const name = "-\\w.~!$&'()*+,;=%";
const ipFuture = "v[\\da-f]+\\.[-\\w.~!$&'()*+,;=:]+";
const path = `(?::\\d*)?(?:/[${name}:@/]*)?`;
const afterScheme = [
  `//[${name}]*${path}`,
  `//?(?:[${name}:]*@)?(?:\\[(?:([\\da-f:.]+)|${ipFuture})\\]|[${name}]*)${path}`,
  `/?[${name}:@][${name}:@/]*`,
].join('|');
const tail = `[${name}:@/?]*`;
const uriPattern = new RegExp(
  `^[a-z][a-z\\d+.-]*:(?:${afterScheme})(?:\\?${tail})?(?:#${tail})?$`,
  'i',
);

export const isUuid = (text: string): boolean => uuidPattern.test(text);

/** The platform knows IPv6; unlike ajv-formats it takes no zeros before a decimal octet. */
const isIpv6 = (text = ''): boolean =>
  URL.canParse(`http://[${text.replace(/\b0\d{1,2}\b/g, (octet) => `${+octet}`)}]`);

export const isUri = (text: string): boolean =>
  uriPattern.test(text) &&
  !(text.includes('%') && brokenEscape.test(text)) &&
  // Only around an IP literal a bracket is legal.
  (!text.includes('[') || isIpLiteral(text));

function isIpLiteral(text: string): boolean {
  const ipv6 = uriPattern.exec(text)?.[1];
  return !ipv6 || isIpv6(ipv6);
}

/** Whether a text may stand for media: a UUID of a stored file or a URL. */
export const isMediaReference = (text: string): boolean => isUri(text) || isUuid(text);

/** What to do with media that no URL names. */
export const localFile = 'give a local file as file(path) from @sync3/sdk/node, or as a Blob';
