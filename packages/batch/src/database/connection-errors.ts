/** What the system says of a host that is not there, or not any more. */
const systemCodes = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // The socket file of a server that is not running.
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * PostgreSQL's codes (appendix A of its manual) of a server that is ending, starting, or has no
 * connection left, beside class 08.
 */
const serverCodes = new Set(['57P01', '57P02', '57P03', '53300']);

/** The sentences of `pg`, whose errors have no code. */
const sentences =
  /^(Connection terminated|Client (has encountered a connection error|was closed)|timeout exceeded when trying to connect|timeout expired)/;

/** Whether an error of `pg` is about the connection, and not about the statement. */
export function isConnectionError(error: unknown): boolean {
  const { code = '', message = '', errors } = Object(error);
  // What a host with several addresses gives.
  if (Array.isArray(errors)) return errors.some(isConnectionError);
  return (
    systemCodes.has(code) ||
    serverCodes.has(code) ||
    /^08...$/.test(code) ||
    sentences.test(message)
  );
}
