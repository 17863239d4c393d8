import { stderr } from 'node:process';
import { oneLine, visible, visibleLines } from '../terminal-text.js';

/** One line and a next step, on stderr; and the stack of an error that is given. */
export function printError(message: string, next: string | undefined, error?: unknown): void {
  // `hasColors` knows NO_COLOR and dumb terminals.
  const isColoured = stderr.isTTY && stderr.hasColors();
  const name = isColoured ? '\x1b[31msync3:\x1b[39m' : 'sync3:';
  stderr.write(`${name} ${oneLine(message)}\n`);
  if (next) stderr.write(`Next: ${visible(next)}\n`);
  if (error instanceof Error) stderr.write(`${visibleLines(stackOf(error))}\n`);
}

/** Stacks alone: what else errors hold may be long, and is not for a screen. */
function stackOf({ name, message, stack, cause }: Error): string {
  const frames = `${stack}`.split('\n').filter((line) => line.startsWith('    at '));
  const text = [`${name}: ${oneLine(message)}`, ...frames].join('\n');
  return cause instanceof Error ? `${text}\nCaused by: ${stackOf(cause)}` : text;
}
