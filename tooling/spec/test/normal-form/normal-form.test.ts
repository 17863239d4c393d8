import { describe, expect, test } from 'vitest';
import { normalForm } from '../../src/normal-form/normal-form.ts';
import { job, type Part, properties, settings } from '../diff/document-parts.ts';
import { frozenDocument } from '../frozen/frozen-document.ts';

/** The components of a changed document in normal form. */
function schemasOf(change: (document: Part) => void): Part {
  const document = frozenDocument();
  change(document);
  return (normalForm(document) as Part).components.schemas;
}

const before = Object.keys(schemasOf(() => {}));
const newNames = (schemas: Part) => Object.keys(schemas).filter((name) => !before.includes(name));
const object = (title?: string, more = {}) => ({
  type: 'object',
  ...(title !== undefined && { title }),
  properties: { size: { type: 'number' } },
  ...more,
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('an object that is new has the name', () => {
  test.each<[string, Part, string]>([
    ['of its title', object('Edit Region (beta)'), 'EditRegionBeta'],
    ['of its place, without a title', object(), 'SettingsExtra'],
    ['of its place, where its title is that of a type', object('Segment'), 'SettingsExtra'],
    ['of its place, where generated code uses its title itself', object('Array'), 'SettingsExtra'],
    ['of its place, where its title has no letters', object('日本語'), 'SettingsExtra'],
  ])('%s', (_, schema, name) => {
    const schemas = schemasOf((d) => {
      settings(d).extra = schema;
    });
    expect(newNames(schemas)).toEqual([name]);
    expect(schemas.Settings.properties.extra).toEqual(ref(name));
  });

  test('that upstream gives it', () => {
    const schemas = schemasOf((d) => {
      d.components.schemas.Region = object('Edit Region');
      settings(d).extra = ref('Region');
    });
    expect(newNames(schemas)).toEqual(['Region']);
  });

  test('of its title once; others of the same title have that of their place', () => {
    const schemas = schemasOf((d) => {
      settings(d).one = object('Region');
      settings(d).two = object('Region');
      properties(d).three = object('Region', { required: ['size'] });
    });
    expect(newNames(schemas)).toEqual(['Region', 'SettingsTwo', 'Three']);
  });

  test('for the elements of a list, and for lists in a list', () => {
    const schemas = schemasOf((d) => {
      settings(d).masks = { type: 'array', items: object() };
      settings(d).paths = { type: 'array', items: { type: 'array', items: { type: 'number' } } };
    });
    expect(newNames(schemas)).toEqual(['SettingsMasks', 'SettingsPaths']);
  });
});

describe('names that are exported already stay', () => {
  test('whatever their titles', () => {
    const schemas = schemasOf((d) => {
      settings(d).tts.title = 'Voice';
      properties(d).inputs.title = 'Media';
    });
    expect(Object.keys(schemas)).toEqual(before);
    expect(schemas.TextToSpeech.title).toBe('Voice');
  });

  test('as long as there is what they name', () => {
    const schemas = schemasOf((d) => delete settings(d).activeSpeakerDetection);
    const gone = before.filter((name) => !(name in schemas));
    expect(gone).toEqual(['ActiveSpeakerDetection', 'BoundingBox']);
  });
});

test('an object of its own kind refers to itself by its name', () => {
  const schemas = schemasOf((d) => {
    d.components.schemas.Region = object('Region');
    d.components.schemas.Region.properties.inner = ref('Region');
    settings(d).region = ref('Region');
  });
  expect(newNames(schemas)).toEqual(['Region']);
  expect(schemas.Region.properties.inner).toEqual(ref('Region'));
});

test('rules that refer to other places say what stands there', () => {
  const schemas = schemasOf((d) => {
    d.components.schemas.NeedsSpeech = { required: ['speech'] };
    job(d).allOf.push({ not: ref('NeedsSpeech') });
  });
  expect(schemas.VideoInferenceTask.allOf.at(-1)).toEqual({ not: { required: ['speech'] } });
  expect(newNames(schemas)).toEqual([]);
});

test('a closed part of allOf is no more than a rule: merged, it would refuse what it did not', () => {
  const part = { type: 'object', properties: { ttl: { minimum: 100 } } };
  const schemas = schemasOf((d) => {
    job(d).allOf.push({ ...part, additionalProperties: false });
    job(d).allOf.push(part);
  });
  expect(schemas.VideoInferenceTask.allOf.slice(-2)).toEqual([
    { ...part, additionalProperties: false },
    part,
  ]);
  expect(schemas.VideoInferenceTask.properties.ttl.minimum).toBe(60);
});

test('what is in normal form stays as it is', () => {
  const normal = normalForm(frozenDocument());
  expect(normalForm(structuredClone(normal))).toEqual(normal);
});
