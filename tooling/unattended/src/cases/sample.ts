import { type Part, properties } from '../../../spec/test/diff/document-parts.ts';
import { dotted, fromVoice, type Json, places, withValue } from '../places.ts';
import type { Case } from '../try-case.ts';
import { everythingAdded } from './additions.ts';
import { combined } from './combined.ts';

/** A property of the document as it is, at a place where any job may have it. */
interface Known {
  path: readonly string[];
  schema: Part;
  schemaIn(document: Part): Part;
}

/** What the client or the document gives a meaning of its own. */
const special = ['model', 'taskType', 'taskUUID', 'outputType', 'deliveryMethod', 'numberResults'];

function knownProperties(upstream: Part): Known[] {
  return places
    .filter(({ job, path }) => job === fromVoice && path.at(-1) !== 'activeSpeakerDetection')
    .flatMap((place) => {
      const own = (document: Part) => place.schemaIn(document)?.properties;
      return Object.entries<Part>(own(upstream) ?? {}).map(([name, schema]) => ({
        path: [...place.path, name],
        schema,
        schemaIn: (document: Part) => own(document)[name],
      }));
    })
    .filter(({ path }) => !special.includes(path.at(-1) as string));
}

const use = (job: Json) => `job(${JSON.stringify(job)});`;

/** A bound of each property that has one, in turn wider and narrower. */
function otherBounds(known: readonly Known[]): Case[] {
  return known
    .filter(({ schema }) => typeof schema.maximum === 'number')
    .map(({ path, schema, schemaIn }, index) => {
      const maximum = schema.maximum + (index % 2 === 0 ? 1 : -1);
      return {
        name: `another maximum of ${dotted(path)}`,
        change: (document) => {
          schemaIn(document).maximum = maximum;
        },
        bump: index % 2 === 0 ? 'minor' : 'major',
        says: [dotted(path), String(maximum)],
        legal: [withValue(fromVoice, path, maximum)],
        illegal: [withValue(fromVoice, path, maximum + 1)],
      } satisfies Case;
    });
}

/** One more choice for each property that has choices, and another default where there is one. */
function otherChoices(known: readonly Known[]): Case[] {
  return known
    .filter(({ schema }) => schema.enum ?? schema.oneOf)
    .map(({ path, schemaIn }) => {
      const job = withValue(fromVoice, path, 'tryChoice');
      return {
        name: `another choice of ${dotted(path)}`,
        change: (document) => {
          const schema = schemaIn(document);
          schema.enum?.push('tryChoice');
          schema.oneOf?.push({ const: 'tryChoice', description: 'Is tried.' });
          if ('default' in schema) schema.default = 'tryChoice';
        },
        bump: 'minor',
        says: [dotted(path), 'tryChoice'],
        legal: [job],
        illegal: [withValue(fromVoice, path, 'tryNoChoice')],
        compiles: [use(job)],
        miscompiles: [use(withValue(fromVoice, path, 'tryNoChoice'))],
      } satisfies Case;
    });
}

/** Titles of everything, which change nothing but words. */
const otherTitles = (known: readonly Known[]): Case => ({
  name: 'other titles',
  change: (document) => {
    for (const { schemaIn } of known) schemaIn(document).title = 'Try Title';
  },
  bump: 'patch',
});

const otherModel: Case = {
  name: 'another model identifier',
  change: (document) => {
    const { model } = properties(document);
    if (model.enum) model.enum = ['try:sync@3'];
    else model.const = 'try:sync@3';
  },
  bump: 'major',
  says: ['try:sync@3'],
  onWire: { model: 'try:sync@3' },
  knowsPlannedItems: true,
};

/**
 * Much in one document, made of whatever upstream says today, so that it can be tried on every
 * document that is taken.
 */
export function sample(upstream: Part): Case {
  const known = knownProperties(upstream);
  return combined('a sample of everything', [
    everythingAdded(upstream),
    ...otherBounds(known),
    ...otherChoices(known),
    otherTitles(known),
    otherModel,
  ]);
}

/** All of the sample is taken back: a property at each place is gone. */
export function sampleTakenBack(upstream: Part): Case {
  const { properties: added = [] } = everythingAdded(upstream);
  return {
    name: 'the sample is taken back',
    change: (document) => {
      for (const name of Object.keys(document)) delete document[name];
      Object.assign(document, structuredClone(upstream));
    },
    bump: 'major',
    says: added.map(({ path }) => dotted(path)),
    legal: added.map(({ job }) => job),
    illegal: added.map(({ path, job, legal: [value] }) => withValue(job, path, value)),
    miscompiles: added.map(({ path, job, legal: [value] }) => use(withValue(job, path, value))),
    knowsPlannedItems: true,
  };
}
