import { TextTooLong } from '../bounded-text.js';
import { parseJson } from '../untrusted-json.js';
import { exceedsBounds } from './json-bounds.js';
import { canonicalize, type ProxyTask } from './proxy-task.js';
import { readText } from './read-text.js';
import { Refusal } from './refusal.js';
import { findFaults } from './task-gate.js';

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

/**
 * Reads the tasks of a request and checks every one of them.
 *
 * @throws {Refusal} they are not what this SDK sends.
 */
export async function readTasks(request: Request, maxBodyBytes: number): Promise<CheckedTasks> {
  const tasks = parseTasks(await readBody(request, maxBodyBytes));
  const faults = findFaults(tasks);
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

async function readBody(request: Request, maxBodyBytes: number): Promise<string> {
  const tooLarge = () => new Refusal(413, 'The request is too large.');
  if (Number(request.headers.get('Content-Length')) > maxBodyBytes) throw tooLarge();
  if (request.bodyUsed || request.body?.locked) {
    const message = 'The body of the request was read before the proxy got it.';
    throw Refusal.ofFault({ message });
  }
  try {
    return await readText(request.body, maxBodyBytes);
  } catch (error) {
    if (error instanceof TextTooLong) throw tooLarge();
    throw new Refusal(400, 'The body is broken off, or is not UTF-8.');
  }
}

function parseTasks(text: string): unknown[] {
  if (exceedsBounds(text)) throw new Refusal(413, 'The request holds more than tasks do.');
  const json = parseJson(text);
  if (json === undefined) throw new Refusal(400, 'The body is not JSON.');
  if (Array.isArray(json) && json.length >= 1 && json.length <= mostTasks) return json;
  throw new Refusal(400, `The body must be a list of 1 to ${mostTasks} tasks.`);
}
