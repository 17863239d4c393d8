import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smallestPart } from '../../src/partly/smallest-part.ts';

const numbers = Array.from({ length: 40 }, (_, index) => index);

test('finds exactly the elements that have to be left out, wherever they stand', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 0, max: 39 }), { minLength: 1 }),
      async (bad) => {
        const found = await smallestPart(numbers, async (part) =>
          bad.every((one) => part.includes(one)),
        );
        expect([...found].sort()).toEqual([...bad].sort());
      },
    ),
    { numRuns: 200, seed: 14 },
  );
});

test('leaves out two that stand or fall together', async () => {
  // 3 is refused, and 7 is refused without it.
  const isEnough = async (part: readonly number[]) => part.includes(3) && part.includes(7);
  expect(await smallestPart(numbers, isEnough)).toEqual([3, 7]);
});

test('one of several is enough: it takes one of them', async () => {
  const isEnough = async (part: readonly number[]) => part.includes(5) || part.includes(30);
  expect(await smallestPart(numbers, isEnough)).toHaveLength(1);
});
