import type { ConformState } from './conform-state.js';
import type { Lab } from './lab.js';
import type { Observation, QuestionName } from './observation.js';

/** A few requests that settle questions. */
export interface Experiment {
  /** Names it on the terminal and for `--only`. */
  readonly name: string;
  /** What it does, as a person reads it before agreeing to the price. */
  readonly describe: string;
  /** The questions that it answers, or leaves open with a reason. */
  readonly settles: readonly QuestionName[];
  /** How many results it may still have to pay for; 0: it costs nothing. */
  results(state: Pick<ConformState, 'jobs'>): number;
  run(lab: Lab): Promise<Observation[]>;
}
