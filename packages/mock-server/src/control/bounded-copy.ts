/** How much of a value is kept. */
const bounds = { characters: 16_384, values: 1_000, depth: 12, text: 2_048 };

/**
 * A copy of a JSON value for people to read. Long texts, long lists and deep places end in a note of
 * what was left out; `conceal` is applied to every text and name.
 *
 * Keeps at most 16,384 characters in 1,000 values, 12 deep, and 2,048 characters of one text.
 */
export function boundedCopy(value: unknown, conceal: (text: string) => string): unknown {
  let characters = bounds.characters;
  let values = bounds.values;

  const shorten = (text: string): string => {
    const length = Math.max(Math.min(bounds.text, characters), 0);
    // A key that the cut divides would not be found any more: conceal before it, within reason.
    const kept = detached(conceal(text.slice(0, 8 * bounds.text)).slice(0, length));
    characters -= kept.length;
    return text.length > length ? `${kept}… (${text.length} characters)` : kept;
  };

  const copy = (value: unknown, depth: number): unknown => {
    values -= 1;
    if (typeof value === 'string') return shorten(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth === bounds.depth) return '… (deeper than is shown)';
    if (Array.isArray(value)) {
      const kept: unknown[] = [];
      for (const element of value) {
        if (values <= 0 || characters <= 0) break;
        kept.push(copy(element, depth + 1));
      }
      const left = value.length - kept.length;
      return left > 0 ? [...kept, `… (${left} more)`] : kept;
    }
    const kept: [string, unknown][] = [];
    for (const name in value) {
      if (values <= 0 || characters <= 0) {
        kept.push(['…', 'more is not shown']);
        break;
      }
      const own = (value as Record<string, unknown>)[name];
      kept.push([shorten(name), isSecret(name) ? '[not shown]' : copy(own, depth + 1)]);
    }
    // Unlike assignment, this makes `__proto__` a property like any other.
    return Object.fromEntries(kept);
  };

  return copy(value, 0);
}

/** A text of its own: what `slice` gives refers to the whole text, and would keep it in memory. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

function isSecret(name: string): boolean {
  return /^(api[-_]?key|authorization|connectionSessionUUID)$/i.test(name);
}
