/** One thing that is wrong, or probably wrong, with a line of a manifest. */
export interface LineProblem {
  /** Number of the line, from 1; of an item that is not from a file, its place. */
  line: number;
  /** JSON Pointer of the value within the line; `''` is the line as a whole. */
  pointer: string;
  /** What is wrong and what to do. */
  reason: string;
  /** `error`: the line cannot be planned. `warning`: legal, and probably not what was meant. */
  severity: 'error' | 'warning';
}
