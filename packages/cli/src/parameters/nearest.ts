/** The names that a text may have been meant for, the most alike first; at most three. */
export function nearest(text: string, names: readonly string[]): string[] {
  const last = (name: string) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  // A right name at a wrong place is as likely as a wrong name at the right one.
  const distance = (name: string) =>
    Math.min(edits(text.toLowerCase(), name.toLowerCase()), edits(last(text), last(name)) + 1);
  return names
    .map((name) => ({ name, distance: distance(name) }))
    .filter(({ distance }) => distance <= Math.max(2, last(text).length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** How many characters have to be put in, taken out or replaced (Levenshtein). */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, character] of [...from].entries()) {
    const above = row;
    row = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (to[column - 1] === character ? 0 : 1);
      row.push(Math.min(replaced, (above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}
