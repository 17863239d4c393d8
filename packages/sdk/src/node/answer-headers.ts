import type { FileResponse } from './get.js';

type ResponseHeaders = FileResponse['headers'];

/** Text, or a form of JSON or XML such as `application/problem+json` and `image/svg+xml`. */
const pageType = /^\s*(?:text\/|[^;]*[/+](?:json|xml)\s*(?:;|$))/i;
/** What Node and `fetch` decode (RFC 9110, 8.4.1). */
const knownEncoding = /^\s*(?:identity|(?:x-)?gzip|deflate|br)?\s*$/i;

/** @returns why the body is no video, or none that can be read, whatever its bytes are. */
export function notAVideoBy(headers: ResponseHeaders): string | undefined {
  const type = headers.get('Content-Type') ?? '';
  if (pageType.test(type)) return `the host sent ${type}`;
  const encoding = headers.get('Content-Encoding') ?? '';
  if (!knownEncoding.test(encoding)) return `it is encoded as ${encoding}`;
  return undefined;
}

/** Whether the bytes that come are those of the file. */
export function isEncoded(headers: ResponseHeaders): boolean {
  return !/^(?:identity)?$/i.test((headers.get('Content-Encoding') ?? '').trim());
}

/** How long the file is; `undefined` when the host does not say. */
export function readLength(headers: ResponseHeaders): number | undefined {
  const length = headers.get('Content-Length');
  const isNumber = length !== null && /^\d+$/.test(length);
  return isNumber && !isEncoded(headers) ? Number(length) : undefined;
}

/**
 * What names this version of the file in `If-Range` (RFC 9110, 13.1.5): the ETag unless it is weak,
 * else the time of the last change where there is no ETag.
 *
 * @returns `undefined` when parts of the file cannot be asked for.
 */
export function readValidator(headers: ResponseHeaders): string | undefined {
  if (isEncoded(headers) || /\bnone\b/i.test(headers.get('Accept-Ranges') ?? '')) return undefined;
  const etag = headers.get('ETag');
  if (etag === null) return headers.get('Last-Modified') ?? undefined;
  return etag.startsWith('W/') ? undefined : etag;
}

/** Where a part begins, and how long the whole file is: `undefined` when the host does not know. */
export function readContentRange(
  headers: ResponseHeaders,
): { start: number; totalBytes: number | undefined } | undefined {
  const range = headers.get('Content-Range') ?? '';
  const [, start, total] = /^\s*bytes (\d+)-\d+\/(\d+|\*)\s*$/i.exec(range) ?? [];
  if (start === undefined) return undefined;
  return { start: Number(start), totalBytes: total === '*' ? undefined : Number(total) };
}
