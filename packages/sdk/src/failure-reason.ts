/** Why a `fetch` failed: it hides the reason in the cause of its error, such as ECONNREFUSED. */
export function failureReason(error: unknown): string {
  const cause = Object(error).cause ?? error;
  const { message, code } = Object(cause);
  return `${message || code || cause}`;
}
