import { taskType as jobType } from '@sync3/generated/constants';
import { isObject, isUuid, type JsonObject } from '@sync3/generated/rules';
import { validateTask } from '../lipsync/rules/validate-task.js';
import type { ProxyTask } from './proxy-task.js';
import type { TaskFault } from './refusal.js';

/** What is wrong with a task of one type. */
export interface Finding {
  /** @default 'invalidParameter' */
  code?: string;
  message: string;
  parameter?: string;
}

const gates = new Map<unknown, (task: JsonObject) => Finding | undefined>([
  [jobType, checkJob],
  ['getResponse', (task) => checkNames(task, [])],
  ['getTaskDetails', (task) => checkNames(task, [])],
  ['mediaStorage', checkStorage],
]);

/**
 * Looks for tasks that this SDK would not send. What is found is said in words of ours: nothing of
 * the request is repeated but the UUID of a task.
 *
 * @param tasks any JSON values.
 * @param restrict looks for what the application does not let callers name.
 * @returns one fault for each task that must not pass; `forbidden` is the code of those that break no
 * rule of the API.
 */
export function findFaults(
  tasks: readonly unknown[],
  restrict: (task: ProxyTask) => Finding | undefined,
): TaskFault[] {
  const jobs = new Set<string>();
  return tasks.flatMap((task) => {
    const fault = faultOf(task, restrict) ?? repetitionOf(task as JsonObject, jobs);
    return fault ? [fault] : [];
  });
}

function faultOf(
  task: unknown,
  restrict: (task: ProxyTask) => Finding | undefined,
): TaskFault | undefined {
  if (!isObject(task)) return { code: 'invalidTask', message: 'A task is an object.' };
  const { taskType, taskUUID } = task;
  // As the caller wrote it, who looks for it in the answer.
  const about = typeof taskUUID === 'string' && isUuid(taskUUID) ? { taskUUID } : {};
  const gate = gates.get(taskType);
  if (!gate) {
    const message = `The proxy lets only ${[...gates.keys()].join(', ')} tasks pass.`;
    return { code: 'forbidden', message, parameter: 'taskType', ...about };
  }
  const finding = checkTaskUUID(task) ?? gate(task) ?? restrict(task as unknown as ProxyTask);
  return finding && { code: 'invalidParameter', ...finding, taskType: `${taskType}`, ...about };
}

/** Two jobs of one UUID in one request: whether the API would take both, and charge twice, is open. */
function repetitionOf(task: JsonObject, jobs: Set<string>): TaskFault | undefined {
  const { taskType, taskUUID } = task;
  if (taskType !== jobType) return undefined;
  const name = `${taskUUID}`.toLowerCase();
  if (!jobs.has(name)) {
    jobs.add(name);
    return undefined;
  }
  const message = 'The taskUUID of a job must be its own.';
  const about = { taskType, taskUUID: `${taskUUID}` };
  return { code: 'duplicateTaskUUID', message, parameter: 'taskUUID', ...about };
}

/** Characters. To count the code points of a text of many megabytes takes seconds. */
const longestText = 100_000;

function checkJob(task: JsonObject): Finding | undefined {
  const { speech, settings } = task;
  const texts = [speech, isObject(settings) && settings['tts']].filter(isObject);
  for (const text of texts.flatMap(Object.values)) {
    if (typeof text === 'string' && text.length > longestText) {
      return { message: `No text may be longer than ${longestText} characters.` };
    }
  }
  const issue = validateTask(task).find(({ severity }) => severity === 'error');
  if (!issue) return undefined;
  const isUnknown = /(?:^|\.)additionalProperties$/.test(issue.rule);
  // The name of an unknown property is the caller's text.
  const path = isUnknown ? issue.path.slice(0, issue.path.lastIndexOf('/')) : issue.path;
  const parameter = path.slice(1).replaceAll('/', '.');
  const message = isUnknown ? `${parameter || 'The task'} has an unknown property.` : issue.message;
  return { message, ...(parameter && { parameter }) };
}

function checkStorage(task: JsonObject): Finding | undefined {
  const { operation, media } = task;
  const finding = checkNames(task, ['operation', 'media']);
  if (finding) return finding;
  if (operation !== 'upload' && operation !== 'delete') {
    return { message: 'operation must be upload or delete.', parameter: 'operation' };
  }
  const isGiven = typeof media === 'string' && (operation === 'upload' ? media : isUuid(media));
  if (isGiven) return undefined;
  const wanted = operation === 'upload' ? 'a URL or a data URI' : 'the UUID of a stored file';
  return { message: `media must be ${wanted}.`, parameter: 'media' };
}

/**
 * The answer names the task by its bare UUID: a caller who has asked about `urn:uuid:` and the UUID
 * would not find the job in it, and might give it up for lost.
 */
function checkTaskUUID({ taskUUID }: JsonObject): Finding | undefined {
  if (typeof taskUUID === 'string' && isUuid(taskUUID) && !/^urn:/i.test(taskUUID))
    return undefined;
  return { message: 'taskUUID must be a UUID without urn:uuid:.', parameter: 'taskUUID' };
}

/** A task that has its type, a UUID, these properties and no others. */
function checkNames(task: JsonObject, others: string[]): Finding | undefined {
  const names = ['taskType', 'taskUUID', ...others];
  if (Object.keys(task).some((name) => !names.includes(name))) {
    return { message: `The task may have ${names.join(', ')} and nothing else.` };
  }
  return undefined;
}
