import type { RawItem } from './check-item.js';
import type { LineProblem } from './line-problem.js';

/** One line of a manifest: an item that has yet to be checked, or why there is none. */
export type ManifestEntry = RawItem | { line: number; problems: LineProblem[] };
