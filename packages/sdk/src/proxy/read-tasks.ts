import { AbortError } from '../errors/abort-error.js';
import { TextTooLong } from '../wire/bounded-text.js';
import { parseJson } from '../wire/untrusted-json.js';
import { exceedsBounds } from './json-bounds.js';
import { canonicalize, type ProxyTask } from './proxy-task.js';
import { readText } from './read-text.js';
import { Refusal } from './refusal.js';
import { type Finding, findFaults } from './task-gate.js';
import { within } from './within.js';

/** What a caller wants done. */
export interface CheckedTasks {
  tasks: readonly ProxyTask[];
  /** The tasks as they will be sent. */
  body: string;
  /** Whether they change nothing and cost nothing. */
  isQuestion: boolean;
}

/** More tasks than the SDK puts into one request. */
const mostTasks = 100;
const questions = new Set<unknown>(['getResponse', 'getTaskDetails']);

/** What a request may hold. */
interface Limits {
  /** Of the body, in bytes. */
  maxBytes: number;
  /** For the body to come whole. */
  timeoutMs: number;
  /** Says what a task names that it may not. */
  restrict: (task: ProxyTask) => Finding | undefined;
}

/**
 * The longest that a body can be, in bytes: what is announced, else `maxBodyBytes`.
 *
 * @throws {Refusal} more is announced than a body may have.
 */
export function longestBody({ body, headers }: Request, maxBodyBytes: number): number {
  if (!body) return 0;
  const announced = headers.get('Content-Length') ?? '';
  if (!/^\d+$/.test(announced)) return maxBodyBytes;
  if (Number(announced) > maxBodyBytes) throw tooLarge(maxBodyBytes);
  return Number(announced);
}

/**
 * Reads the tasks of a request and checks every one of them.
 *
 * @throws {Refusal} they are not what this SDK sends.
 */
export async function readTasks(request: Request, limits: Limits): Promise<CheckedTasks> {
  const tasks = parseTasks(await readBody(request, limits));
  const faults = findFaults(tasks, limits.restrict);
  if (faults.length > 0) {
    const status = faults.some(({ code }) => code === 'forbidden') ? 403 : 400;
    throw new Refusal(status, 'The tasks are not valid.', { faults });
  }
  const checked = tasks as ProxyTask[];
  for (const task of checked) canonicalize(task);
  return {
    tasks: checked,
    body: JSON.stringify(checked),
    isQuestion: checked.every(({ taskType }) => questions.has(taskType)),
  };
}

async function readBody(
  { body, bodyUsed }: Request,
  { maxBytes, timeoutMs }: Limits,
): Promise<string> {
  if (bodyUsed || body?.locked) {
    const message =
      'The body of the request was read before the proxy got it. Mount the proxy before body parsers.';
    // No secret, and where the application is made, the page is where it is seen.
    throw new Refusal(500, message, { report: { code: 'bodyAlreadyRead', message } });
  }
  try {
    return await within(timeoutMs, (signal) => readText(body, maxBytes, signal));
  } catch (error) {
    if (error instanceof TextTooLong) throw tooLarge(maxBytes);
    if (AbortError.is(error)) {
      throw new Refusal(408, `The body did not come whole within ${timeoutMs} ms.`);
    }
    throw new Refusal(400, 'The body is broken off, or is not UTF-8.');
  }
}

function tooLarge(maxBytes: number): Refusal {
  const advice = 'The application can raise maxBodyBytes, or store large files itself.';
  return new Refusal(413, `The request is larger than ${maxBytes} bytes. ${advice}`);
}

function parseTasks(text: string): unknown[] {
  if (exceedsBounds(text)) throw new Refusal(413, 'The request holds more than tasks do.');
  const json = parseJson(text);
  if (json === undefined) throw new Refusal(400, 'The body is not JSON.');
  if (Array.isArray(json) && json.length >= 1 && json.length <= mostTasks) return json;
  throw new Refusal(400, `The body must be a list of 1 to ${mostTasks} tasks.`);
}
