import type { ErrorDetail } from '@sync3/generated';
import { isObject, type JsonObject } from '@sync3/generated/rules';
import type { TaskName } from '../hooks.js';
import { isAboutCaller, meaningOfError } from './codes.js';
import type { Redact } from './redaction.js';
import { asList, parseJson, textOf } from './untrusted-json.js';

/** What an answer says about one task. */
export interface Reply {
  /** HTTP status of the whole answer. */
  status: number;
  /** Milliseconds; 0 when the server names no delay. */
  retryAfterMs: number;
  /** The body, without the key. */
  raw: string;
  /** Whether the whole answer is status 200, what the API sends, and without errors. */
  isClean: boolean;
  /** Whether the request held no other task. */
  isAlone: boolean;
  rows: JsonObject[];
  /** Those that name no task belong to a task that was asked for alone, or are about the caller. */
  errors: ErrorDetail[];
}

/** One for each task of a request, in their order. */
export type Replies = [Reply, ...Reply[]];

/**
 * Reads an answer, whatever its HTTP status, and deals it out to the tasks of the request: by UUID,
 * never by index, as an authentication row may stand first. Tolerant where the API is known to vary:
 * `data` or `errors` may be absent, both may be there, and older servers send a single `error`
 * (docs.runware.ai, how-to-connect). A body that is none of this (HTML, cut JSON, `null`, a list,
 * nothing) has no rows and no errors.
 *
 * @param redact takes the key out, which a server may repeat.
 */
export function readReplies(
  body: string,
  redact: Redact,
  answer: Pick<Reply, 'status' | 'retryAfterMs'>,
  tasks: readonly TaskName[],
): Replies {
  const { json, raw } = readWithoutKey(body, redact);
  const { data, errors, error } = isObject(json) ? json : {};
  const faults = [...asList(errors), ...asList(error)];
  const isClean = answer.status === 200 && faults.length === 0 && (data ?? errors) !== undefined;
  const isAlone = tasks.length === 1;
  const replies = tasks.map(
    (): Reply => ({ ...answer, raw, isClean, isAlone, rows: [], errors: [] }),
  );
  const byTask = new Map(tasks.map(({ taskUUID }, index) => [taskKey(taskUUID), replies[index]]));
  for (const row of asList(data).filter(isObject))
    byTask.get(taskKey(row['taskUUID']))?.rows.push(row);
  for (const error of faults.map(readError)) {
    if (error.taskUUID) byTask.get(taskKey(error.taskUUID))?.errors.push(error);
    else if (isAlone || isForAll(answer.status, error)) {
      for (const reply of replies) reply.errors.push(error);
    }
  }
  return replies as Replies;
}

function readWithoutKey(body: string, redact: Redact): { json: unknown; raw: string } {
  const json = parseJson(body);
  // An escape such as `\\/` may stand within the key: written anew, it is spelled in one way.
  const text = body.includes('\\') ? (JSON.stringify(json) ?? body) : body;
  const raw = redact(text);
  return { json: raw === text ? json : parseJson(raw), raw };
}

/** Whether an error that names no task is about the caller, and so about every task. */
function isForAll(status: number, { code }: ErrorDetail): boolean {
  const meaning = meaningOfError(status, code);
  return isAboutCaller(meaning) || meaning === 'rate';
}

/** What tells a task from others: a server, or a caller, may repeat a UUID in another case. */
export function taskKey(taskUUID: unknown): string {
  return textOf(taskUUID).toLowerCase();
}

/** An error may be a sentence, an object, or an object with less than is promised. */
export function readError(value: unknown): ErrorDetail {
  const {
    code = 'unknownError',
    message = 'The API gave no reason',
    ...others
  } = isObject(value) ? value : { message: value };
  return { ...others, code: textOf(code), message: textOf(message) };
}
