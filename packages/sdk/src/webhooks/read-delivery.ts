import { isUuid } from '@sync3/generated/rules';
import { WebhookError } from '../errors/webhook-error.js';
import { canonicalUuid } from '../wire/canonical-uuid.js';
import { parseJson } from '../wire/untrusted-json.js';
import { type Announcement, readPayload } from './payload.js';
import { readBody } from './read-body.js';
import { isTokenFor, taskParameter, tokenParameter } from './token.js';

/** A delivery that was sent to a URL of ours. */
export interface Delivery {
  /** Canonical: the URL can be changed to another spelling by everyone who has seen it. */
  taskUUID: string;
  /** As it stands in the URL: the API may know it in this spelling only. */
  spelledTaskUUID: string;
  announcements: Announcement[];
}

/**
 * Checks a delivery and reads it. Nothing of its body is read before its token has been checked.
 *
 * @param deadline resolves when there is no more time.
 * @throws {WebhookError} with the status to answer.
 */
export async function readDelivery(
  request: Request,
  secrets: readonly string[],
  deadline: Promise<void>,
): Promise<Delivery> {
  if (request.method !== 'POST') {
    throw new WebhookError('A request to the webhook handler is no POST.', {
      code: 'methodNotAllowed',
      advice: 'Route only POST requests to it.',
    });
  }
  const { searchParams } = new URL(request.url);
  const spelledTaskUUID = searchParams.get(taskParameter) ?? '';
  const token = searchParams.get(tokenParameter) ?? '';
  if (!isUuid(spelledTaskUUID) || !(await isTokenFor(secrets, spelledTaskUUID, token))) {
    throw new WebhookError('The delivery has no valid token.', {
      code: 'invalidToken',
      advice:
        'If its URL was made with an earlier secret, pass that too: secret: [current, earlier].',
    });
  }
  const taskUUID = canonicalUuid(spelledTaskUUID);
  const payload = readPayload(parseJson(await readBody(request, taskUUID, deadline)));
  if (!payload) {
    throw new WebhookError(`The delivery for task ${taskUUID} is nothing that the API sends.`, {
      code: 'invalidPayload',
      advice: 'Look at what a proxy in front of the handler does to bodies.',
      taskUUID,
    });
  }
  if (!payload.taskUUIDs.every((named) => isSameTask(named, taskUUID))) {
    throw new WebhookError(`The delivery for task ${taskUUID} names another task.`, {
      code: 'otherTask',
      advice: 'Make a URL of its own for each job with urlFor; this one may have been forged.',
      taskUUID,
    });
  }
  return { taskUUID, spelledTaskUUID, announcements: payload.announcements };
}

function isSameTask(named: unknown, taskUUID: string): boolean {
  return typeof named === 'string' && canonicalUuid(named) === taskUUID;
}
