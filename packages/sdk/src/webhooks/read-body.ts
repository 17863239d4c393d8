import { WebhookError, type WebhookErrorCode } from '../errors/webhook-error.js';
import { readBoundedText, TextTooLong } from '../wire/bounded-text.js';

/** Bytes. A delivery is one row, or a few: under 2 KiB each. */
const maxBytes = 2 ** 20;

/**
 * Reads a body as UTF-8, never more than 1 MiB of it, whatever its `Content-Length` says.
 *
 * What is left of a refused body stays unread: cancelling it would, behind bridges from Node's HTTP
 * server, cut the connection before the answer is sent.
 *
 * @param deadline resolves when there is no more time.
 * @throws {WebhookError} 413 too long, 408 too slow, 400 cut off or not UTF-8.
 */
export async function readBody(
  request: Request,
  taskUUID: string,
  deadline: Promise<void>,
): Promise<string> {
  const bodyError = (code: WebhookErrorCode, what: string, advice: string, cause?: unknown) =>
    new WebhookError(`The body of the delivery for task ${taskUUID} ${what}.`, {
      code,
      advice,
      taskUUID,
      cause,
    });
  const tooLong = () =>
    bodyError(
      'bodyTooLong',
      `is over ${maxBytes} bytes`,
      'The API sends no such thing: the URL may have become known.',
    );

  if (request.bodyUsed) {
    throw bodyError(
      'bodyAlreadyRead',
      'was read before the handler got the request',
      'Put the handler in front of body parsers such as express.json().',
    );
  }
  if (Number(request.headers.get('Content-Length')) > maxBytes) throw tooLong();
  const reader = request.body?.getReader();
  if (!reader) return '';

  const read = () =>
    readBoundedText(reader, maxBytes).catch((cause) => {
      if (cause instanceof TextTooLong) throw tooLong();
      const advice = 'The API repeats a delivery that broke off.';
      throw bodyError('unreadableBody', 'is cut off, or not UTF-8', advice, cause);
    });
  const text = await Promise.race([read(), deadline]);
  if (text !== undefined) return text;
  const advice = 'The API repeats it; if it stays so, look at the network or a proxy between.';
  throw bodyError('bodyTooSlow', 'came too slowly', advice);
}
