import { isPassing, meaningOf } from '@sync3/sdk';
import type { Exchange, Row, SendOptions } from './exchange.js';
import { ExperimentsEnded, type Lab } from './lab.js';
import type { QuestionName } from './observation.js';

/** Attempts at a question that costs nothing. */
const attempts = 6;

/**
 * Asks what costs nothing, and again when the answer is only about the moment: no usable answer, too
 * many requests, a server in trouble.
 *
 * @throws {ExperimentsEnded} there was no other answer, or the caller is not let in.
 */
export async function ask(lab: Lab, tasks: Row[], options?: SendOptions): Promise<Exchange> {
  for (let attempt = 1; ; attempt += 1) {
    const exchange = await lab.send(tasks, options);
    if (exchange) assertLetIn(exchange);
    if (exchange && !isAboutTheMoment(exchange)) return exchange;
    if (attempt === attempts) {
      throw new ExperimentsEnded('The API gave no usable answer.', 'network');
    }
    await lab.pause(500 * 2 ** attempt);
  }
}

/** An answer, and the exchanges that show it. */
export interface Reading {
  /** `undefined` when two looks did not agree: one of the answers was an accident. */
  answer: string | number | undefined;
  evidence: Exchange[];
}

/**
 * Asks as `ask` does, and once more when the answer is not what the emulator says: so no accident on
 * the way is taken for a difference.
 *
 * @param read what an answer says.
 */
export async function askForSure(
  lab: Lab,
  question: QuestionName,
  send: () => Promise<Exchange>,
  read: (exchange: Exchange) => string | number,
): Promise<Reading> {
  const expected = lab.expected[question];
  const exchange = await send();
  const first = read(exchange);
  if (expected === undefined || first === expected) return { answer: first, evidence: [exchange] };
  const evidence = [exchange];
  for (let look = 0; look < 2; look += 1) {
    const next = await send();
    evidence.push(next);
    if (read(next) === first) return { answer: first, evidence };
    if (read(next) === expected) return { answer: expected, evidence: [next] };
  }
  return { answer: undefined, evidence };
}

/** @throws {ExperimentsEnded} the answer refuses the caller, whatever the tasks. */
export function assertLetIn({ status, data, errors }: Exchange): void {
  const isAboutCaller = errors.some(({ code }) =>
    ['key', 'permission', 'credits'].includes(meaningOf(String(code))),
  );
  if (data.length > 0 || !(isAboutCaller || [401, 402, 403].includes(status))) return;
  const [error = {}] = errors;
  const reason = String(error['message'] ?? `HTTP ${status}`);
  throw new ExperimentsEnded(`The API refuses the caller: ${reason}`, 'refused');
}

/** Whether an answer says nothing but that the server is in trouble, or busy. */
export function isAboutTheMoment({ status, data, errors }: Exchange): boolean {
  if (data.length > 0) return false;
  const isUnnamed = errors.every(({ taskUUID }) => taskUUID === undefined);
  const isTrouble = errors.some(({ code }) => isPassing(meaningOf(String(code))));
  return isUnnamed && (status === 429 || status >= 500 || isTrouble);
}
