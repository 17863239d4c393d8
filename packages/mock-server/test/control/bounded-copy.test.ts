import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundedCopy } from '../../src/control/bounded-copy.js';

const same = (text: string) => text;

test('a value within the bounds is copied as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      fc.pre(
        JSON.stringify(value).length < 500 && !/api|auth|session/i.test(JSON.stringify(value)),
      );
      expect(JSON.stringify(boundedCopy(value, same))).toBe(JSON.stringify(value));
    }),
  );
});

test.each<[string, () => unknown]>([
  ['a text of a megabyte', () => 'a'.repeat(1_000_000)],
  ['a list of a million numbers', () => Array(1_000_000).fill(7)],
  ['a list of a million texts', () => Array(1_000_000).fill('text')],
  [
    'a hundred thousand properties',
    () =>
      Object.fromEntries(
        Array(100_000)
          .fill(0)
          .map((_, index) => [`name${index}`, index]),
      ),
  ],
  ['a name of a megabyte', () => ({ ['n'.repeat(1_000_000)]: 1 })],
  [
    'a hundred thousand lists in one another',
    () => JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)),
  ],
])('%s becomes less than 40,000 characters', (_, make) => {
  expect(JSON.stringify(boundedCopy(make(), same)).length).toBeLessThan(40_000);
});

test('what is left out is said', () => {
  expect(boundedCopy('a'.repeat(3_000), same)).toBe(`${'a'.repeat(2_048)}… (3000 characters)`);
  expect(boundedCopy(Array(1_500).fill(0), same)).toContain('… (501 more)');
});

test('a property named __proto__ is shown like any other', () => {
  const copied = boundedCopy(JSON.parse('{"__proto__":{"isAdmin":true}}'), same);
  expect(JSON.stringify(copied)).toBe('{"__proto__":{"isAdmin":true}}');
  expect((copied as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});

test('a secret that the cut of a long text would divide is concealed all the same', () => {
  const text = `${'a'.repeat(2_045)}secret${'a'.repeat(5_000)}`;
  const copied = boundedCopy(text, (text) => text.replaceAll('secret', '[API key]'));
  expect(copied).not.toContain('sec');
});
