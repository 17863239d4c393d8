import { type JsonObject, resolve } from '../diff/pointer.ts';

/** Whether a schema is of media. Upstream writes it as a string that is a UUID or a URL. */
export function isMedia(document: JsonObject, schema: JsonObject): boolean {
  const members = schema['anyOf'] ?? schema['oneOf'];
  if (!Array.isArray(members) || members.length !== 2) return false;
  const formats = members.map((member) => Object(resolve(document, member)).format);
  return formats.includes('uuid') && formats.includes('uri');
}
