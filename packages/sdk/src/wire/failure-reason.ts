import { asList } from './untrusted-json.js';

/** Of causes. */
const deepest = 5;

/** What lies at the bottom of an error: `fetch` hides the reason in the cause of its error. */
export function rootCause(error: unknown, depth = 0): unknown {
  const { cause } = Object(error);
  return cause == null || depth >= deepest ? error : rootCause(cause, depth + 1);
}

/**
 * Why a connection failed, in one line: the innermost cause of an error with its code, such as
 * `connect ECONNREFUSED 127.0.0.1:443`. Of an error that gathers several, such as one for each address
 * of a host, all reasons.
 */
export function failureReason(error: unknown): string {
  const root = rootCause(error);
  const { message, code, errors } = Object(root);
  const reasons = new Set(asList(errors).map(failureReason));
  if (reasons.size > 0) return [...reasons].join(', ');
  const said = message || code || (typeof root === 'object' ? 'no reason given' : root);
  // It stands within a sentence.
  const reason = String(said).replace(/\.$/, '');
  return typeof code === 'string' && !reason.includes(code) ? `${reason} (${code})` : reason;
}
