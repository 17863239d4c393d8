/**
 * The smallest part without which the rest is accepted: no element of it can be put back. All of
 * them together have to be such a part. This is delta debugging (A. Zeller, "Yesterday, my program
 * worked. Today, it does not. Why?", 1999).
 *
 * @param isEnough whether the rest is accepted without these.
 */
export async function smallestPart<Element>(
  all: readonly Element[],
  isEnough: (part: readonly Element[]) => Promise<boolean>,
): Promise<readonly Element[]> {
  let part = all;
  let pieces = 2;
  while (part.length > 1) {
    const size = Math.ceil(part.length / pieces);
    const slices = Array.from({ length: Math.ceil(part.length / size) }, (_, index) => ({
      from: index * size,
      to: (index + 1) * size,
    }));
    const inside = await firstOf(
      slices.map(({ from, to }) => part.slice(from, to)),
      isEnough,
    );
    if (inside) {
      [part, pieces] = [inside, 2];
      continue;
    }
    const outside = await firstOf(
      slices.map(({ from, to }) => part.filter((_, index) => index < from || index >= to)),
      isEnough,
    );
    if (outside) {
      [part, pieces] = [outside, Math.max(pieces - 1, 2)];
    } else if (size === 1) {
      return part;
    } else {
      pieces = Math.min(pieces * 2, part.length);
    }
  }
  return part;
}

async function firstOf<Part>(parts: Part[], isEnough: (part: Part) => Promise<boolean>) {
  for (const part of parts) if (await isEnough(part)) return part;
  return undefined;
}
