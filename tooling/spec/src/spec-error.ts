/** Stops an update before anything is touched. The message says what is wrong, where, and what to do. */
export class SpecError extends Error {
  override readonly name: string = 'SpecError';
}
