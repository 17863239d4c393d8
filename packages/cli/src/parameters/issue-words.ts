import type { Issue } from '@sync3/sdk';
import type { RequestForm } from '../request/request-options.js';
import { nearest } from './nearest.js';
import { alternatives, wanted } from './parameter-words.js';
import { dotted, findParameter, genericPath, isWithin, placeOf } from './path-names.js';

/** An issue of a request in the words of the command: parameters are called by their options. */
export function inOptionWords(issue: Issue, form: RequestForm): Issue {
  return { ...issue, message: sentenceOf(issue, form) };
}

function sentenceOf(issue: Issue, form: RequestForm): string {
  const place = placeOf(issue.path);
  const name = nameOf(place, form);
  const own = ownSentences[issue.rule]?.(name, form);
  if (own) return own;
  const keyword = issue.rule.slice(issue.rule.lastIndexOf('.') + 1);
  const parameter = findParameter(form.parameters, place);
  switch (keyword) {
    case 'required': {
      const inner = form.options.filter(
        ({ parameter: { path, isRequired } }) => isRequired && isWithin(path, genericPath(place)),
      );
      const names = inner.map((option) => `--${option.name}`).join(' and ');
      return `${names || name} is missing.`;
    }
    case 'dependentRequired': {
      const owner = issue.rule.slice(0, -'.dependentRequired'.length).replaceAll('[]', '.[]');
      return `${name} is missing; ${nameOf(owner.split('.'), form)} needs it.`;
    }
    case 'additionalProperties': {
      const names = form.parameters.map(({ path }) => dotted(path));
      const like = alternatives(nearest(place.join('.'), names));
      return `There is no parameter ${place.join('.')}${like ? `; did you mean ${like}?` : '.'}`;
    }
    default: {
      const isAboutValue = parameter !== undefined && valueKeywords.has(keyword);
      return isAboutValue ? `${name} must be ${wanted(parameter)}.` : `${name}: ${issue.message}`;
    }
  }
}

/** Keywords of JSON Schema about one value: `wanted` says all of them. */
const valueKeywords = new Set([
  'type',
  'const',
  'enum',
  'oneOf',
  'anyOf',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
]);

/** What the rules say that are about several values, or come of no keyword. */
const ownSentences: Readonly<Record<string, (name: string, form: RequestForm) => string>> = {
  'one-audio-source': (_, form) => {
    const [audio, text, segments] = ['inputs.audio', 'speech.text', 'settings.segments'].map(
      (path) => nameOf(path.split('.'), form),
    );
    return `Give exactly one of ${audio}, ${text} and ${segments}.`;
  },
  'tts-needs-speech': (_, form) => {
    const options = form.options.filter(({ parameter: { path } }) =>
      isWithin(path, ['settings', 'tts']),
    );
    const names = options.map(({ name }) => `--${name}`).join(', ');
    return `What sets how a text is spoken (${names}) needs ${nameOf(['speech', 'text'], form)}.`;
  },
  'boxes-or-coordinates': (name) => `${name} takes boundingBoxes or coordinates, not both.`,
  'end-after-start': (name) => `${name} must be after startTime.`,
  'segments-overlap': (name) => `${name} overlaps an earlier segment.`,
  'safety-incomplete': (_, form) => {
    const [check, mode] = ['checkContent', 'mode'].map((name) => nameOf(['safety', name], form));
    return `Set ${check} and ${mode} together; ${mode} alone sets both.`;
  },
  'upload-endpoint-overwritten': (name, form) =>
    `Each result overwrites the one before at ${name}: set ${nameOf(['numberResults'], form)} to 1.`,
  'unreachable-url': (name) =>
    `${name} is no http(s) URL of a public host, so that the API cannot use it.`,
};

/**
 * What a place in a request is called: `--audio`, `--segments: 0.endTime`, or where it has no option
 * `--set settings.tts`.
 */
function nameOf(place: readonly string[], { options }: RequestForm): string {
  if (place.length === 0) return 'The request';
  const option = options.find(({ parameter: { path } }) => isWithin(genericPath(place), path));
  if (!option) return `--set ${place.join('.')}`;
  const rest = place.slice(option.parameter.path.length);
  return rest.length === 0 ? `--${option.name}` : `--${option.name}: ${rest.join('.')}`;
}
