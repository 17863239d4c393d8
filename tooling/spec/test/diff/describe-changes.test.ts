import { describe, expect, test } from 'vitest';
import { compose } from '../../src/compose.ts';
import { groups } from '../../src/diff/change.ts';
import { describeChanges } from '../../src/diff/describe-changes.ts';
import { locations } from '../../src/locations.ts';
import { releasesFor, weightiest } from '../../src/releases.ts';
import { frozenDocument } from '../frozen/frozen-document.ts';
import type { Part } from './document-parts.ts';
import { aroundSchemas } from './mutations/around-schemas.ts';
import { composedResponses } from './mutations/composed-responses.ts';
import type { Mutation } from './mutations/mutation.ts';
import { responses } from './mutations/responses.ts';
import { rewrittenRequests } from './mutations/rewritten-requests.ts';
import { shapeOfRequests } from './mutations/shape-of-requests.ts';
import { theDocument } from './mutations/the-document.ts';
import { valuesOfRequests } from './mutations/values-of-requests.ts';

const readUpstream = frozenDocument;
const composed = await compose(readUpstream(), locations.overlays);

/** They pass the parameters of the SDK on, and are released whenever that is: the tables leave them out. */
const followSdk = ['batch', 'cli'];

/** What users are told of a document, and which packages are released for it. */
async function told(document: Part): Promise<Omit<Mutation, 'name' | 'change'>> {
  const changes = describeChanges(composed, document);
  const order = changes.map(({ group }) => groups.indexOf(group));
  expect(order).toEqual(order.toSorted());
  const releases = await releasesFor(changes, [composed, document], locations.root);
  const names = Object.keys(releases).map((name) => name.replace('@sync3/', ''));
  expect(names.filter((name) => followSdk.includes(name))).toEqual(
    names.includes('sdk') ? followSdk : [],
  );
  return {
    bump: weightiest(changes),
    packages: names.filter((name) => !followSdk.includes(name)),
    told: sorted(changes.map(({ group, text }) => [group, text])),
  };
}

/** Within a group the order says nothing. */
const sorted = (sentences: Mutation['told']) =>
  sentences.toSorted((one, other) => (`${one}` < `${other}` ? -1 : 1));

describe('what users are told when upstream has', () => {
  const mutations = [
    ...valuesOfRequests,
    ...shapeOfRequests,
    ...rewrittenRequests,
    ...responses,
    ...theDocument,
    ...aroundSchemas,
  ];
  test.each(mutations)('$name', async ({ change, name: _, ...expected }) => {
    const upstream = readUpstream();
    change(upstream);
    expect(await told(await compose(upstream, locations.overlays))).toEqual({
      ...expected,
      told: sorted(expected.told),
    });
  });
});

describe('what users are told when the composed document has', () => {
  test.each(composedResponses)('$name', async ({ change, name: _, ...expected }) => {
    const document = structuredClone(composed);
    change(document);
    expect(await told(document)).toEqual({ ...expected, told: sorted(expected.told) });
  });
});

test('schemas that refer to each other many times over are looked at once', async () => {
  const upstream = readUpstream();
  const { schemas } = upstream.components;
  for (let index = 0; index < 30; index++) {
    const next = { $ref: `#/components/schemas/Level${index + 1}` };
    schemas[`Level${index}`] = { type: 'object', properties: { a: next, b: next, c: next } };
  }
  schemas.Level30 = { type: 'string' };
  upstream.components.schemas.ResponseBody.properties.level = {
    $ref: '#/components/schemas/Level0',
  };
  const { told: sentences } = await told(await compose(upstream, locations.overlays));
  expect(sentences).toContainEqual(['Added', '`level` (response) is new: an object.']);
});
