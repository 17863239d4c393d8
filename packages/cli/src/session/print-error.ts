import { stderr } from 'node:process';
import { oneLine } from '../one-line.js';

/** One line and a next step, on stderr; and the stack of an error that is given. */
export function printError(message: string, next: string | undefined, error?: unknown): void {
  // `hasColors` knows NO_COLOR and dumb terminals.
  const isColoured = stderr.isTTY && stderr.hasColors();
  const name = isColoured ? '\x1b[31msync3:\x1b[39m' : 'sync3:';
  stderr.write(`${name} ${oneLine(message)}\n`);
  if (next) stderr.write(`Next: ${oneLine(next)}\n`);
  if (error instanceof Error) stderr.write(`${stackOf(error)}\n`);
}

/** Stacks alone: what else errors hold may be long, and is not for a screen. */
function stackOf({ stack, cause }: Error): string {
  return cause instanceof Error ? `${stack}\nCaused by: ${stackOf(cause)}` : `${stack}`;
}
