/**
 * A JSONPath that names exactly one place: the names and the indexes of lists that lead to it. The
 * only `*` is that of `$.paths.*`, the path of the operation that takes tasks.
 */
export type Path = (string | number)[];

const step = /\.([A-Za-z_]\w*)|\[(\d+)\]|\['((?:[^'\\]|\\['\\])*)'\]|\["((?:[^"\\]|\\["\\])*)"\]/y;

const anyPath = '$.paths.*';

/** @returns nothing for what is no JSONPath, or could match several places. */
export function parsePath(text: string): Path | undefined {
  if (!text.startsWith('$')) return undefined;
  const path: Path = [];
  step.lastIndex = 1;
  if (text.startsWith(anyPath)) {
    path.push('paths', '*');
    step.lastIndex = anyPath.length;
  }
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (!match) return undefined;
    const [, name, index, single, double] = match;
    const quoted = (single ?? double)?.replace(/\\(.)/g, '$1');
    path.push(index === undefined ? (name ?? quoted ?? '') : Number(index));
  }
  return path;
}

/** The reverse of {@link parsePath}. */
export function printPath(path: Path): string {
  const steps = path.map((part) => {
    if (typeof part === 'number') return `[${part}]`;
    if (/^[A-Za-z_]\w*$/.test(part)) return `.${part}`;
    return `['${part.replace(/['\\]/g, '\\$&')}']`;
  });
  return `$${steps.join('')}`;
}

/** What stands at a path of a JSON document; `undefined` when nothing does. */
export function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value) !== (typeof part === 'number')) return undefined;
    return Object.hasOwn(value, part) ? value[part as keyof typeof value] : undefined;
  }, document);
}

/** Every path of a document at whose end stands this name. */
export function pathsOfName(document: unknown, name: string | number): Path[] {
  if (typeof document !== 'object' || document === null) return [];
  const isList = Array.isArray(document);
  return Object.entries(document).flatMap(([key, value]) => {
    const part = isList ? Number(key) : key;
    const below = pathsOfName(value, name).map((path) => [part, ...path]);
    return part === name ? [[part], ...below] : below;
  });
}
