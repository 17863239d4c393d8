/** Which of a job's inputs a {@link MediaError} is about, in words: `video`, `voice`, `segment 2 audio`. */
export type MediaRole = string;

/**
 * Thrown when an input cannot be used as media: it is missing, empty, cut short, not media at all,
 * or lacks the track it is needed for. The fault is in the input, so trying again does not help.
 *
 * `message` says what is wrong with which input and what to do about it.
 */
export class MediaError extends Error {
  override readonly name = 'MediaError';

  /** The input that is at fault. */
  readonly role: MediaRole;

  /**
   * @param role - the input that is at fault, in words
   * @param message - what is wrong and what to do, as full sentences
   * @param options - `cause`: the lower-level error, when there is one
   */
  constructor(role: MediaRole, message: string, options?: ErrorOptions) {
    super(message, options);
    this.role = role;
  }
}
