import { readBoundedText, TextTooLong } from '../bounded-text.js';
import { WebhookError } from '../errors/webhook-error.js';

/** Bytes. A delivery is one row, or a few: under 2 KiB each. */
const maxBytes = 2 ** 20;

/**
 * Reads a body as UTF-8, never more than 1 MiB of it, whatever its `Content-Length` says.
 *
 * What is left of a refused body stays unread: cancelling it would, behind bridges from Node's HTTP
 * server, cut the connection before the answer is sent.
 *
 * @param late resolves when there is no more time.
 * @throws {WebhookError} 413 too long, 408 too slow, 400 cut off or not UTF-8.
 */
export async function readBody(
  request: Request,
  taskUUID: string,
  late: Promise<void>,
): Promise<string> {
  const refuse = (status: number, message: string, cause?: unknown) =>
    new WebhookError(message, { status, taskUUID, cause });
  const tooLong = () => refuse(413, `The body of the delivery is over ${maxBytes} bytes.`);

  if (request.bodyUsed) throw refuse(500, 'The body was read before the handler got the request.');
  if (Number(request.headers.get('Content-Length')) > maxBytes) throw tooLong();
  const reader = request.body?.getReader();
  if (!reader) return '';

  const read = () =>
    readBoundedText(reader, maxBytes).catch((cause) => {
      if (cause instanceof TextTooLong) throw tooLong();
      throw refuse(400, 'The body of the delivery is cut off, or not UTF-8.', cause);
    });
  const text = await Promise.race([read(), late]);
  if (text === undefined) throw refuse(408, 'The body of the delivery came too slowly.');
  return text;
}
