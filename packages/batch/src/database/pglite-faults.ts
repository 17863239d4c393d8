import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { faultOf } from './faults.js';

/**
 * Classes of SQLSTATEs after which a PGlite instance cannot be trusted any more: lacking resources,
 * system errors, internal errors, and a cursor that it has not closed itself. A server would have
 * ended by itself in some of these cases; PGlite goes on with an inner state that nobody knows.
 */
const breakingClasses = ['53', '58', 'XX', '24'];

/** Whether the instance has to be started anew before it is used again. */
export function isBreaking(error: unknown): boolean {
  const { code, name } = Object(error);
  // Of WebAssembly: the program has ended in the middle of something.
  if (name === 'RuntimeError' || name === 'ExitStatus') return true;
  return (
    typeof code === 'string' && code.length === 5 && breakingClasses.includes(code.slice(0, 2))
  );
}

/** A fault of PGlite as our own error; any other error as it is. */
export function pgliteFailure(directory: string, error: unknown): unknown {
  const fault = faultOf(error);
  const isBroken = isBreaking(error);
  if (!fault && !isBroken) return error;
  const { message, code } = Object(error);
  const told = fault?.told ?? 'stopped working and is started again.';
  return new DatabaseUnavailableError(`The database in "${directory}" ${told} (${message})`, {
    cause: error,
    code,
    // It is restarted, and what it has written is whole.
    retryable: isBroken || fault?.treatment !== 'stop',
    isOutcomeUnknown: isBroken,
  });
}
