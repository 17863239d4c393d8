/** RFC 4122 in any version, with or without `urn:uuid:`, as ajv-formats reads `format: uuid`. */
const uuidPattern = /^(?:urn:uuid:)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

// RFC 3986, as ajv-formats reads `format: uri`: a scheme and something after it, ASCII only. Every
// repetition is one character class, so that a data URI of many megabytes needs no stack; that a
// `%` begins an escape is checked on its own.
const brokenEscape = /%(?![\da-f]{2})/i;
const name = "-\\w.~!$&'()*+,;=%";
const ipFuture = "v[\\da-f]+\\.[-\\w.~!$&'()*+,;=:]+";
const afterScheme = [
  `//?(?:[${name}:]*@)?(?:\\[(?:([\\da-f:.]+)|${ipFuture})\\]|[${name}]*)(?::\\d*)?(?:/[${name}:@/]*)?`,
  `/?[${name}:@][${name}:@/]*`,
].join('|');
const tail = `[${name}:@/?]*`;
const uriPattern = new RegExp(
  `^[a-z][a-z\\d+.-]*:(?:${afterScheme})(?:\\?${tail})?(?:#${tail})?$`,
  'i',
);

export const isUuid = (text: string): boolean => uuidPattern.test(text);

/** The one spelling of a UUID that may be in capitals, or begin with `urn:uuid:`. */
export const canonicalUuid = (uuid: string): string => uuid.toLowerCase().replace(/^urn:uuid:/, '');

/** The platform knows IPv6; unlike ajv-formats it takes no zeros before a decimal octet. */
const isIpv6 = (text: string): boolean =>
  URL.canParse(`http://[${text.replace(/\b0\d{1,2}\b/g, (octet) => `${+octet}`)}]`);

export const isUri = (text: string): boolean => {
  const [whole, ipv6] = uriPattern.exec(text) ?? [];
  return whole !== undefined && !brokenEscape.test(text) && (!ipv6 || isIpv6(ipv6));
};

/** Whether a text may stand for media: a UUID of a stored file or a URL. */
export const isMediaReference = (text: string): boolean => isUuid(text) || isUri(text);
