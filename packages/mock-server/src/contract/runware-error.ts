import type { OpenApiDocument } from './document.js';
import type { Finding } from './finding.js';
import { inWords } from './in-words.js';
import { allowedValuesAt } from './schema-at.js';
import { judgeWholeTask } from './whole-task-rules.js';

/** An error as Runware sends it. */
export interface RunwareError {
  code: string;
  message: string;
  /** Dotted path in the task; several when it is about more than one (runware-typescript). */
  parameter?: string | string[];
  /** The values that the parameter takes, when they are few (runware-cli). */
  allowedValues?: unknown[];
  /** `error` for a job that has failed; absent for a task that was refused. */
  status?: 'error';
  /** What the provider of the model said about it. */
  responseContent?: string;
  taskType?: string;
  taskUUID?: string;
}

/** Most errors that are told of one task; the rest is only counted. */
const mostErrors = 100;

/**
 * Makes what turns Prism's findings in one task into Runware's errors: one for each cause, where
 * Prism reports every branch of every combined schema. Of more than 100, the rest is one error that
 * says how many there are.
 */
export function createErrorTranslator(
  document: OpenApiDocument,
): (findings: Finding[], task: unknown) => RunwareError[] {
  return (findings, task) => {
    if (typeof task !== 'object' || task === null || Array.isArray(task)) {
      return [{ code: 'invalidParameter', message: 'A task must be an object.' }];
    }
    const { taskType } = task as { taskType?: unknown };
    const { broken, repeats } = judgeWholeTask(findings, task);
    const errors: RunwareError[] = broken.map(({ code, parameters, message }) => ({
      code,
      message,
      parameter: parameters,
    }));
    let left = 0;
    for (const [parameter, group] of byParameter(findings)) {
      const found = group.filter((each) => !repeats(each, parameter));
      if (found.length === 0) continue;
      if (errors.length >= mostErrors) {
        left += 1;
        continue;
      }
      const allowed = isAboutValues(found)
        ? allowedValuesAt(document, taskType, found[0]?.path ?? [])
        : undefined;
      errors.push(describe(parameter, found, allowed));
    }
    if (left > 0) {
      const message = `This task has ${left} more ${left > 1 ? 'errors' : 'error'}.`;
      errors.push({ code: 'invalidParameter', message });
    }
    return errors.map((error) => ({ ...error, ...identity(task) }));
  };
}

/** What an error repeats of its task, so that the caller can tell whose it is. */
export function identity(task: unknown): Pick<RunwareError, 'taskType' | 'taskUUID'> {
  const { taskType, taskUUID } = (task ?? {}) as Record<string, unknown>;
  return {
    ...(typeof taskType === 'string' && { taskType }),
    ...(typeof taskUUID === 'string' && { taskUUID }),
  };
}

/** In the order in which one explains the others of the same parameter. */
const explaining = [
  'type',
  'additionalProperties',
  'required',
  'dependentRequired',
  'anyOf',
  'format',
];

function describe(name: string, found: Finding[], allowed: unknown[] | undefined): RunwareError {
  if (allowed) {
    const list = allowed.join(', ');
    const message = `'${name}' must be ${allowed.length > 1 ? `one of ${list}` : list}.`;
    return { code: 'invalidParameter', message, parameter: name, allowedValues: allowed };
  }
  const [worst = found[0]] = explaining.flatMap((telling) =>
    found.filter(({ keyword }) => keyword === telling),
  );
  const words = inWords(worst?.message ?? '');
  switch (worst?.keyword) {
    case 'additionalProperties': {
      const message = `'${name}' is not a parameter of this task.`;
      return { code: 'unknownParameter', message, parameter: name };
    }
    case 'required':
      return { code: 'missingParameter', message: `'${name}' is missing.`, parameter: name };
    case 'dependentRequired': {
      const [, other] = /property (\S+) is present/.exec(words) ?? [];
      const message = `'${name}' is missing: '${other}' only goes together with it.`;
      return { code: 'missingParameter', message, parameter: name };
    }
    case 'anyOf': {
      const message = `'${name}' must be a URL, or the UUID of stored media.`;
      return { code: 'invalidParameter', message, parameter: name };
    }
    default:
      return { code: 'invalidParameter', message: `'${name}' ${words}.`, parameter: name };
  }
}

/** Findings by the parameter they are about; those of `if` only repeat others. */
function byParameter(findings: Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const found of findings) {
    if (found.keyword === 'if') continue;
    const parameter = [...found.path, ...missingName(found)].join('.');
    const group = groups.get(parameter);
    if (group) group.push(found);
    else groups.set(parameter, [found]);
  }
  return groups;
}

function isAboutValues(found: Finding[]): boolean {
  return found.some(({ keyword }) => keyword === 'enum' || keyword === 'const');
}

/** The property that a finding about its object names in its message. */
function missingName({ keyword, message }: Finding): string[] {
  const pattern = {
    required: /must have required property '(.+)'$/s,
    additionalProperties: /found '(.+)'$/s,
    dependentRequired: /must have property (.+?) when/s,
  }[keyword];
  const name = pattern?.exec(message)?.[1];
  return name === undefined ? [] : [name];
}
