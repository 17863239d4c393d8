/** The one spelling of a UUID that may be in capitals, or begin with `urn:uuid:`. */
export const canonicalUuid = (uuid: string): string => uuid.toLowerCase().replace(/^urn:uuid:/, '');
