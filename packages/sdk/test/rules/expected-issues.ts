import type { ErrorObject } from 'ajv';

/** What `validateTask` must call a finding of Ajv, and where it must see it. */
export interface ExpectedIssue {
  rule: string;
  path: string;
}

/** Findings inside another one: of a member of `anyOf`, `oneOf`, or of the root's `allOf`. */
const isPart = ({ schemaPath }: ErrorObject) => /\/(?:anyOf|oneOf|allOf)\/\d/.test(schemaPath);

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The dotted name of a place: `/settings/segments/3/audio` is `settings.segments[].audio`. */
const dotted = (pointer: string) =>
  pointer
    .slice(1)
    .replaceAll(/\/\d+(?=\/|$)/g, '[]')
    .replaceAll('/', '.');

function named({ keyword, instancePath, params }: ErrorObject): ExpectedIssue {
  const of = (place: string) => (place ? `${dotted(place)}.${keyword}` : keyword);
  switch (keyword) {
    case 'required': {
      const path = `${instancePath}/${params['missingProperty']}`;
      return { rule: of(path), path };
    }
    case 'dependentRequired':
      return {
        rule: of(`${instancePath}/${params['property']}`),
        path: `${instancePath}/${params['missingProperty']}`,
      };
    case 'additionalProperties':
      return {
        rule: of(instancePath),
        path: `${instancePath}/${escaped(params['additionalProperty'])}`,
      };
    default:
      return { rule: of(instancePath), path: instancePath };
  }
}

/** The rules about one property each that Ajv finds broken. A wrong type is all there is to say. */
export function expectedIssues(errors: ErrorObject[]): ExpectedIssue[] {
  const mistyped = errors.filter(({ keyword }) => keyword === 'type');
  const places = new Set(mistyped.map(({ instancePath }) => instancePath));
  return errors
    .filter((error) => !isPart(error))
    .filter(({ keyword, instancePath }) => keyword === 'type' || !places.has(instancePath))
    .map(named);
}

const togetherRules = new Map([
  ['#/allOf/0/not', { rule: 'boxes-or-coordinates', path: '/settings/activeSpeakerDetection' }],
  ['#/allOf/1/if', { rule: 'tts-needs-speech', path: '/speech' }],
  ['#/allOf/2/oneOf', { rule: 'one-audio-source', path: '' }],
]);

/**
 * The rules about several properties that Ajv finds broken; `undefined` where one of the objects
 * has a wrong type, for there `required` holds of anything.
 */
export function expectedTogether(errors: ErrorObject[]): ExpectedIssue[] | undefined {
  const objects = ['', '/inputs', '/settings', '/settings/activeSpeakerDetection'];
  const mistyped = errors.some(
    ({ keyword, instancePath }) => keyword === 'type' && objects.includes(instancePath),
  );
  if (mistyped) return undefined;
  return errors.flatMap(({ schemaPath }) => togetherRules.get(schemaPath) ?? []);
}

export const isTogetherRule = (rule: string): boolean =>
  [...togetherRules.values()].some((expected) => expected.rule === rule);
