import { ApiError } from './api-error.js';
import { attachHint } from './attach-hint.js';
import { kind } from './sync3-error.js';

/**
 * Thrown when a job is submitted whose taskUUID the API already has, from an earlier call with the same
 * `idempotencyKey` or `taskUUID`. Nothing is submitted, and nothing charged. Look at `sameRequest`
 * before you take the results of that job for those of this call.
 */
export class ConflictError extends ApiError {
  static override readonly [kind] = 'ConflictError';
  /** Name of the class. */
  declare readonly name: 'ConflictError';
  /** The job that the API has. */
  declare readonly taskUUID: string;

  /**
   * Whether the job that the API has was asked for with the same inputs, texts and settings, by the
   * API's archive (`getTaskDetails`). `undefined` when that cannot be known: the archive does not tell,
   * an input was uploaded anew, a URL differs in its query only; and for a `taskUUID` of yours, for
   * which the archive is not asked.
   */
  declare readonly sameRequest: boolean | undefined;

  constructor(taskUUID: string, sameRequest: boolean | undefined) {
    const isOther = sameRequest === false;
    const message = `The taskUUID is in use ${isOther ? 'by another request' : 'already'}`;
    const advice = isOther
      ? 'Give another idempotencyKey or taskUUID; one key stands for one request.'
      : attachHint(taskUUID);
    super({
      status: 400,
      errors: [{ code: 'conflictTaskUUID', message, taskUUID }],
      raw: '',
      taskUUID,
      mayBeAccepted: true,
      advice,
    });
    this.sameRequest = sameRequest;
  }
}
