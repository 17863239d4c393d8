/** Numbers of the types, as PostgreSQL's catalogue `pg_type` has them. */
const int8 = 20;
const numeric = 1700;

/**
 * How columns are read where the two drivers differ: PGlite makes a `bigint` a BigInt when it is
 * large, `pg` makes it a string, and both make a `numeric` a string.
 */
export const columnParsers: Record<number, (text: string) => unknown> = {
  [int8]: readNumber,
  [numeric]: Number,
};

/** @throws {RangeError} the number is too large to be exact. */
function readNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is more than 2^53 - 1.`);
  return value;
}
