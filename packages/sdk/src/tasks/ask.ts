import { errorFor } from '../errors/error-for.js';
import type { Settings } from '../options.js';
import type { Posting } from '../wire/posting.js';
import type { Reply } from '../wire/reply.js';
import { type Call, send } from '../wire/transport.js';
import { retrying } from './retry.js';

/**
 * Sends what costs nothing, however often it is sent, until the answer can be read.
 *
 * @param postingOf makes the POST anew for each attempt.
 * @param read gives what was asked for, or `undefined` where the answer does not hold it.
 * @throws {ApiError} the API refused.
 * @throws {ConnectionError} no attempt was answered.
 * @throws {AbortError} as soon as the signal fires.
 */
export function ask<Value>(
  settings: Settings,
  call: Call,
  postingOf: () => Posting,
  read: (reply: Reply) => Value | undefined,
): Promise<Value> {
  const asking = retrying(settings, call, async () => {
    const [reply] = await send(settings, call, postingOf());
    const value = read(reply);
    if (value === undefined) throw errorFor(reply, call.taskUUID);
    return value;
  });
  return asking.catch((error) => {
    // A question gets no job accepted.
    throw Object.assign(error, { mayBeAccepted: false });
  });
}
