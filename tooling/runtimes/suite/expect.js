/** Throws when something does not hold. */
export function expectTrue(holds, sentence) {
  if (!holds) throw new Error(sentence);
}

/** Throws when two JSON values differ. */
export function expectEqual(actual, expected, name) {
  const [is, shouldBe] = [JSON.stringify(actual), JSON.stringify(expected)];
  expectTrue(is === shouldBe, `${name} is ${is} and should be ${shouldBe}.`);
}

/** What a promise rejects with. */
export async function rejectionOf(promise) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`It resolved with ${JSON.stringify(value)} and should have rejected.`);
}

/** Throws what it was given when it is no error of that class. */
export function expectError(error, Type) {
  if (!Type.is(error)) throw error;
}
