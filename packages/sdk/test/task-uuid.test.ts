import fc from 'fast-check';
import { expect, test } from 'vitest';
import { taskUUIDFor } from '../src/tasks/task-uuid.js';

const text = fc.string({ unit: fc.constantFrom(...'a1:/,["]\\', '\ud800', '\udc00', 'ä') });

test('without a namespace, a key gives the UUID that it has always given', async () => {
  await expect(taskUUIDFor('order-1042')).resolves.toBe('32102e6b-58ab-458d-80fe-a630150fd509');
  await expect(taskUUIDFor('order-1042', undefined)).resolves.toBe(
    '32102e6b-58ab-458d-80fe-a630150fd509',
  );
});

test('the same key and the same namespace give the same UUID, of version 4', async () => {
  const taskUUID = await taskUUIDFor('order-1042', 'tenant-a');
  expect(taskUUID).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
  await expect(taskUUIDFor('order-1042', 'tenant-a')).resolves.toBe(taskUUID);
});

test('no two pairs of namespace and key give the same UUID, and no key without a namespace', async () => {
  const pair = fc.tuple(text, fc.option(text, { nil: undefined }));
  const check = fc.asyncProperty(pair, pair, async (one, other) => {
    const isSame = JSON.stringify(one) === JSON.stringify(other);
    const uuids = [await taskUUIDFor(...one), await taskUUIDFor(...other)];
    // Without a namespace, texts that UTF-8 cannot tell apart have always been one.
    const isOneText =
      [one, other].every(([, namespace]) => namespace === undefined) &&
      Buffer.from(one[0]).equals(Buffer.from(other[0]));
    expect(uuids[0] === uuids[1]).toBe(isSame || isOneText);
  });
  await fc.assert(check, { numRuns: 500 });
});

test.each<{ one: [string, string?]; other: [string, string?] }>([
  { one: ['bc', 'a'], other: ['c', 'ab'] },
  { one: ['a', ''], other: ['a'] },
  { one: ['b', 'a'], other: ['a:b'] },
  { one: ['b', 'a'], other: ['["a","b"]'] },
  { one: ['c', 'a","b'], other: ['b","c', 'a'] },
  { one: ['a', '\ud800'], other: ['a', '\ud801'] },
])('$one and $other are two jobs', async ({ one, other }) => {
  expect(await taskUUIDFor(...one)).not.toBe(await taskUUIDFor(...other));
});
