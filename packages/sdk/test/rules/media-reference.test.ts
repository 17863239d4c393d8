import { model } from '@sync3/generated/constants';
import { isUri, isUuid } from '@sync3/generated/rules';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateTask } from '../../src/index.js';
import { sizes } from '../sizes.js';
import { ipLiteral } from './ip-literal-arbitrary.js';
import { notReference } from './not-reference-arbitrary.js';
import { anyText } from './string-arbitrary.js';
import { nearUri, uri } from './uri-arbitrary.js';
import { nearUuid, uuid } from './uuid-arbitrary.js';

const reference = {
  uri: fullFormats.uri as (text: string) => boolean,
  uuid: (text: string) => (fullFormats.uuid as RegExp).test(text),
};

/** So many of the texts are legal, and so many are not, at least. */
const leastOfEach = sizes.texts / 120;

const texts = fc.oneof(uri, uuid, nearUuid, notReference, anyText);

describe('isUri', () => {
  test('accepts what is made from the grammar of RFC 3986', () => {
    fc.assert(
      fc.property(uri, (text) => {
        expect(reference.uri(text)).toBe(true);
        expect(isUri(text)).toBe(true);
      }),
      { numRuns: sizes.texts },
    );
  });

  test('agrees with ajv-formats, with many texts on either side', () => {
    const seen = { legal: 0, illegal: 0, literal: 0 };
    const check = fc.property(nearUri, (text) => {
      const expected = reference.uri(text);
      seen[expected ? 'legal' : 'illegal'] += 1;
      if (expected && text.includes('::')) seen.literal += 1;
      expect(isUri(text)).toBe(expected);
    });
    fc.assert(check, { numRuns: sizes.texts });
    expect(Math.min(seen.legal, seen.illegal, seen.literal)).toBeGreaterThan(leastOfEach);
  });

  test('agrees with ajv-formats on IP literals, with many on either side', () => {
    const seen = { legal: 0, illegal: 0 };
    const check = fc.property(ipLiteral(true), (literal) => {
      const text = `https://[${literal}]/`;
      const expected = reference.uri(text);
      seen[expected ? 'legal' : 'illegal'] += 1;
      expect(isUri(text)).toBe(expected);
    });
    fc.assert(check, { numRuns: sizes.texts });
    expect(Math.min(seen.legal, seen.illegal)).toBeGreaterThan(leastOfEach);
  });

  test('agrees with ajv-formats on other texts', () => {
    const check = fc.property(texts, (text) => {
      expect(isUri(text)).toBe(reference.uri(text));
    });
    fc.assert(check, { numRuns: sizes.texts });
  });

  test('judges a data URI of 20 MB', () => {
    const bytes = 'QUJD'.repeat(5_000_000);
    expect(isUri(`data:video/mp4;base64,${bytes}`)).toBe(true);
    expect(isUri(`data:video/mp4;base64,${bytes}\n`)).toBe(false);
    const task = {
      taskType: 'videoInference',
      taskUUID: '7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f10',
      model,
      inputs: { video: `data:video/mp4;base64,${bytes}`, audio: `data:audio/wav;base64,${bytes}` },
    };
    expect(validateTask(task)).toEqual([]);
  });
});

describe('isUuid', () => {
  test('agrees with ajv-formats, with many texts on either side', () => {
    const seen = { legal: 0, illegal: 0 };
    const check = fc.property(fc.oneof(uuid, nearUuid, nearUuid, texts), (text) => {
      const expected = reference.uuid(text);
      seen[expected ? 'legal' : 'illegal'] += 1;
      expect(isUuid(text)).toBe(expected);
    });
    fc.assert(check, { numRuns: sizes.texts });
    expect(Math.min(seen.legal, seen.illegal)).toBeGreaterThan(leastOfEach);
  });
});
