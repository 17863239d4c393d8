import fc from 'fast-check';
import { type Assertion, assertionsOf } from './assertions.js';
import { noSource, severalSources, ttsWithoutSpeech } from './audio-source-change.js';
import { changesThatBreak } from './breaking-change.js';
import { type Change, changed, put, withAll } from './change.js';
import { notReference } from './not-reference-arbitrary.js';
import { jsonNumber } from './number-arbitrary.js';
import { anyText } from './string-arbitrary.js';
import { type Location, taskArbitrary } from './task-arbitrary.js';
import { upstreamSchema } from './upstream-schema.js';
import { uri } from './uri-arbitrary.js';
import { uuid } from './uuid-arbitrary.js';

/** A way to break tasks. */
export interface Breakage {
  /** What has to be in the task. */
  present: Location;
  /** Where the change is made. */
  place: Location;
  change: fc.Arbitrary<Change>;
}

const assertions = assertionsOf(upstreamSchema);

/** What has to be in a task in which the assertion is to be broken. */
export function presentFor({ keyword, place, names }: Assertion): Location {
  return keyword === 'dependentRequired' ? [...place, ...names.slice(0, 1)] : place;
}

const ofOneAssertion: Breakage[] = assertions.flatMap((assertion) => {
  const change = changesThatBreak(assertion);
  return change ? [{ present: presentFor(assertion), place: assertion.place, change }] : [];
});

const speaker: Location = ['settings', 'activeSpeakerDetection'];
const boundingBoxes = [[0, 0, 64, 64]];

/** The rules about several properties together: `not`, `if` and the `oneOf` of `required`. */
export const ofSeveralProperties: Breakage[] = [
  { present: [], place: [], change: fc.constantFrom(...noSource) },
  { present: [], place: [], change: fc.constantFrom(...severalSources) },
  { present: [], place: [], change: fc.constantFrom(...ttsWithoutSpeech) },
  {
    present: speaker,
    place: speaker,
    change: fc.constantFrom(
      withAll({ boundingBoxes, coordinates: [320, 180], frameNumber: 0 }),
      withAll({ boundingBoxes: [], coordinates: [320, 180], frameNumber: 12 }),
      withAll({ boundingBoxes, coordinates: [320, 180] }),
      withAll({ boundingBoxes, frameNumber: 0 }),
    ),
  },
];

/** Other values of the right type: some break a rule, and some come close and do not. */
const ofRightType: Breakage[] = assertions
  .filter(({ keyword, isPart }) => keyword === 'type' && !isPart)
  .flatMap(({ place, value }) => {
    if (value === 'number' || value === 'integer') {
      return [{ present: place, place, change: jsonNumber.map(put) }];
    }
    const text = fc.oneof(anyText, notReference, uri, uuid);
    return value === 'string' ? [{ present: place, place, change: text.map(put) }] : [];
  });

const breakages = [
  ...ofOneAssertion.map((breakage) => ({ weight: 3, breakage })),
  // Few, and each breaks one of several assertions.
  ...ofSeveralProperties.map((breakage) => ({ weight: 5, breakage })),
  ...ofRightType.map((breakage) => ({ weight: 1, breakage })),
];

/** A change at its place, in whichever element of the lists on the way. */
export const mutationOf = ({ place, change }: Breakage): fc.Arbitrary<Change> =>
  fc.tuple(change, fc.nat(2)).map(
    ([made, pick]) =>
      (task) =>
        changed(task, place, pick, made),
  );
const anyMutation = fc.oneof(
  ...breakages.map(({ weight, breakage }) => ({ weight, arbitrary: mutationOf(breakage) })),
);

/** Broken versions of one legal task: to make the task takes longer than to break it. */
export interface BrokenTasks {
  /** With one change. */
  once: unknown[];
  /** With two or three. */
  repeatedly: unknown[];
}

function brokenBy(breakage: Breakage): fc.Arbitrary<BrokenTasks> {
  const own = mutationOf(breakage);
  return fc
    .tuple(taskArbitrary(breakage.present), own, own, own, own, anyMutation, anyMutation)
    .map(([task, first, second, third, fourth, other, another]) => ({
      once: [first(task), second(task)],
      repeatedly: [other(third(task)), fourth(another(other(task)))],
    }));
}

export const brokenTasks: fc.Arbitrary<BrokenTasks> = fc.oneof(
  ...breakages.map(({ weight, breakage }) => ({ weight, arbitrary: brokenBy(breakage) })),
);
