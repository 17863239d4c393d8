import { WebhookError } from '../errors/webhook-error.js';
import { isUuid } from '../rules/media-reference.js';
import { parseJson } from '../untrusted-json.js';
import { type Claim, readPayload } from './payload.js';
import { readBody } from './read-body.js';
import { isTokenFor, taskParameter, tokenParameter } from './token.js';

/** A delivery that was sent to a URL of ours. */
export interface Delivery {
  /** As it stands in the URL: the API may know it in this spelling only. */
  taskUUID: string;
  claims: Claim[];
}

/**
 * Lets a delivery in, or says why not. Nothing of its body is read before its token has been
 * checked.
 *
 * @param late resolves when there is no more time.
 * @throws {WebhookError} with the status to answer.
 */
export async function admit(
  request: Request,
  secret: string,
  late: Promise<void>,
): Promise<Delivery> {
  if (request.method !== 'POST') {
    throw new WebhookError('A delivery is a POST request.', { status: 405 });
  }
  const { searchParams } = new URL(request.url);
  const taskUUID = searchParams.get(taskParameter) ?? '';
  const token = searchParams.get(tokenParameter) ?? '';
  if (!isUuid(taskUUID) || !(await isTokenFor(secret, taskUUID, token))) {
    const message = 'The delivery has no valid token. Was its URL made with another secret?';
    throw new WebhookError(message, { status: 401 });
  }
  const payload = readPayload(parseJson(await readBody(request, taskUUID, late)));
  if (!payload) {
    throw new WebhookError('The delivery is nothing that the API sends.', {
      status: 400,
      taskUUID,
    });
  }
  if (!payload.taskUUIDs.every((named) => isSame(named, taskUUID))) {
    const message = 'The delivery is about another task than its URL.';
    throw new WebhookError(message, { status: 403, taskUUID });
  }
  return { taskUUID, claims: payload.claims };
}

function isSame(named: unknown, taskUUID: string): boolean {
  return typeof named === 'string' && named.toLowerCase() === taskUUID.toLowerCase();
}
