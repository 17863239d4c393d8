import type { Finding } from './finding.js';

/** A rule about several parameters of a job that a task breaks. */
interface BrokenRule {
  code: 'missingParameter' | 'conflictParameters';
  parameters: string[];
  message: string;
}

/** What the rules of the task as a whole come to. */
export interface WholeTaskVerdict {
  broken: BrokenRule[];
  /** The findings that say nothing else than the rules do. */
  repeats(found: Finding, parameter: string): boolean;
}

const audioSources = ['inputs.audio', 'speech', 'settings.segments'];
const speaker = 'settings.activeSpeakerDetection';
const speakerPlaces = [`${speaker}.boundingBoxes`, `${speaker}.coordinates`];

/**
 * Reads the rules of a job that stand at its root: one source of the voice, and one way to name the
 * speaker. Prism tells that one is broken, and every branch of it; the task tells how.
 */
export function judgeWholeTask(findings: Finding[], task: object): WholeTaskVerdict {
  const isAtRoot = (keyword: string) =>
    findings.some((found) => found.path.length === 0 && found.keyword === keyword);
  const broken: BrokenRule[] = [];

  const isAboutSources = isAtRoot('oneOf');
  // Where `inputs` or `settings` is no object, that is the cause.
  const isReadable = isObject(at(task, 'inputs')) && isObject(at(task, 'settings') ?? {});
  if (isAboutSources && isReadable) {
    const given = audioSources.filter((source) => at(task, source) !== undefined);
    const text = `exactly one of ${audioSources.join(', ')}`;
    if (given.length === 0) {
      const message = `Give ${text}.`;
      broken.push({ code: 'missingParameter', parameters: audioSources, message });
    } else if (given.length > 1) {
      const message = `Give ${text}; this task has ${given.join(' and ')}.`;
      broken.push({ code: 'conflictParameters', parameters: given, message });
    }
  }

  const isAboutSpeaker = isAtRoot('not') && isObject(at(task, speaker));
  if (isAboutSpeaker) {
    const message = `Give only one of ${speakerPlaces.join(' and ')}.`;
    broken.push({ code: 'conflictParameters', parameters: speakerPlaces, message });
  }

  // A schema about a property of an object says nothing when it is none: `tts` is not there then.
  const hasSpeechRule = isObject(at(task, 'settings')) && !isAboutSources;
  return {
    broken,
    repeats({ path, keyword }, parameter) {
      if (path.length === 0 && (keyword === 'oneOf' || keyword === 'not')) return true;
      if (keyword === 'dependentRequired') {
        return isAboutSpeaker && parameter.startsWith(`${speaker}.`);
      }
      if (keyword !== 'required') return false;
      if (parameter === 'speech') return !hasSpeechRule;
      return isAboutSources && [...audioSources, 'settings'].includes(parameter);
    },
  };
}

/** The value at a dotted path; `undefined` where there is none. */
function at(task: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        isObject(value) && Object.hasOwn(value, name)
          ? (value as Record<string, unknown>)[name]
          : undefined,
      task,
    );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
