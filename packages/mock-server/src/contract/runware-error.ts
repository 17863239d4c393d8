import type { Finding } from './finding.js';

/** An error as Runware sends it. */
export interface RunwareError {
  code: string;
  message: string;
  parameter?: string | string[];
  taskType?: string;
  taskUUID?: string;
}

const audioSources = ['inputs.audio', 'speech', 'settings.segments'];

/**
 * Turns what Prism found in one task into Runware's errors: one for each cause, where Prism reports
 * every branch of every combined schema.
 */
export function toRunwareErrors(findings: Finding[], task: unknown): RunwareError[] {
  const errors: RunwareError[] = [];
  const add = (code: string, parameter: string | string[], message: string) => {
    errors.push({ code, message, ...(parameter.length > 0 && { parameter }) });
  };
  const atRoot = (keyword: string) =>
    findings.some((found) => found.path.length === 0 && found.keyword === keyword);
  if (atRoot('type')) {
    add('invalidParameter', '', 'A task must be an object.');
    return errors;
  }

  // The three rules of the task as a whole, and the findings in their branches.
  const explained = new Set<string>();
  if (atRoot('oneOf')) {
    const isMissing = findings.some(({ path, keyword, message }) => {
      return keyword === 'required' && path.length === 0 && message.endsWith("'speech'");
    });
    const text = `exactly one of ${audioSources.join(', ')}`;
    if (isMissing) add('missingParameter', audioSources, `Give ${text}.`);
    else add('conflictParameters', audioSources, `Give ${text}, not several.`);
    for (const name of ['inputs.audio', 'speech', 'settings', 'settings.segments']) {
      explained.add(name);
    }
  }
  if (atRoot('not')) {
    const parameters = ['boundingBoxes', 'coordinates'].map(
      (name) => `settings.activeSpeakerDetection.${name}`,
    );
    add('conflictParameters', parameters, `Give only one of ${parameters.join(' and ')}.`);
  }

  for (const [parameter, found] of byParameter(findings)) {
    const [worst = found[0]] = Object.keys(sentences).flatMap((telling) =>
      found.filter(({ keyword }) => keyword === telling),
    );
    if (!worst || explained.has(parameter)) continue;
    const allowed = allowedValues(found);
    const say = sentences[worst.keyword];
    if (allowed) add('invalidParameter', parameter, `'${parameter}' must be ${allowed}.`);
    else if (say) add(say.code, parameter, say.text(parameter, worst.message));
    else add('invalidParameter', parameter, `'${parameter}': ${lastWords(worst.message)}.`);
  }
  return errors.map((error) => ({ ...error, ...identity(task) }));
}

/** In the order in which one explains the others of the same parameter. */
const sentences: Record<string, { code: string; text(name: string, message: string): string }> = {
  type: { code: 'invalidParameter', text: (name, message) => `'${name}' ${lastWords(message)}.` },
  additionalProperties: {
    code: 'unknownParameter',
    text: (name) => `'${name}' is not a parameter of this task.`,
  },
  required: { code: 'missingParameter', text: (name) => `'${name}' is missing.` },
  dependentRequired: {
    code: 'missingParameter',
    text: (name, message) => `'${name}' is missing: ${lastWords(message)}.`,
  },
  anyOf: {
    code: 'invalidParameter',
    text: (name) => `'${name}' must be a URL, or the UUID of stored media.`,
  },
  format: { code: 'invalidParameter', text: (name, message) => `'${name}' ${lastWords(message)}.` },
};

/** Findings by the parameter they are about; those of `if` only repeat others. */
function byParameter(findings: Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const found of findings) {
    const isBranch = found.keyword === 'if' || (found.path.length === 0 && isWhole(found.keyword));
    if (isBranch) continue;
    const parameter = [...found.path, ...missingName(found)].join('.');
    groups.set(parameter, [...(groups.get(parameter) ?? []), found]);
  }
  return groups;
}

function isWhole(keyword: string): boolean {
  return keyword === 'oneOf' || keyword === 'not';
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

/** The part of Prism's message behind the description of the place. */
function lastWords(message: string): string {
  return /\b(must|is not) .*$/s.exec(message)?.[0] ?? message;
}

/** Prism gives the values of an `enum`, but not those of constants in a `oneOf`. */
function allowedValues(found: Finding[]): string | undefined {
  const message = found.find(({ keyword }) => keyword === 'enum')?.message;
  const values = /allowed values: (.*)$/s.exec(message ?? '')?.[1];
  if (values) return values.includes(',') ? `one of ${values}` : values;
  return found.some(({ keyword }) => keyword === 'const')
    ? 'one of the documented values'
    : undefined;
}

/** What an error repeats of its task, so that the caller can tell whose it is. */
export function identity(task: unknown): Pick<RunwareError, 'taskType' | 'taskUUID'> {
  const { taskType, taskUUID } = (task ?? {}) as Record<string, unknown>;
  return {
    ...(typeof taskType === 'string' && { taskType }),
    ...(typeof taskUUID === 'string' && { taskUUID }),
  };
}
