import type { Experiment } from './experiment.js';
import type { Lab } from './lab.js';
import { left, type Observation } from './observation.js';
import { pricePerResult, spent } from './spending.js';

/** What is asked before an experiment that may cost something. */
export interface Price {
  /** USD that it may cost at most, as far as prices are known. */
  cost: number;
  /** USD that the series has cost so far. */
  spent: number;
}

/** What decides about experiments that may cost something. */
export interface SpendingRules {
  /** USD that the series may cost. */
  maxCost: number;
  /** Whether somebody agrees to the price. */
  agree(experiment: Experiment, price: Price): Promise<boolean>;
  /** An experiment is made, or left out, and why. */
  onExperiment?(experiment: Experiment, results: number, leftOut?: string): void;
}

/**
 * Makes the experiments that have not been made, one after the other, and writes down after each
 * what it has come to. So a later run goes on where this one stops.
 *
 * @returns how many experiments were left out because of their price.
 * @throws {ExperimentsEnded} the API cannot be asked any further.
 */
export async function runExperiments(
  lab: Lab,
  experiments: readonly Experiment[],
  { maxCost, agree, onExperiment }: SpendingRules,
): Promise<number> {
  let leftOut = 0;
  for (const experiment of experiments) {
    if (isSettled(lab, experiment)) continue;
    const reason = await reasonAgainst(experiment);
    onExperiment?.(experiment, experiment.results(lab.state), reason);
    if (reason) leftOut += 1;
    const found = reason ? left(experiment.settles, reason) : await experiment.run(lab);
    remember(lab, found);
    await lab.save();
  }
  return leftOut;

  async function reasonAgainst(experiment: Experiment): Promise<string | undefined> {
    const results = experiment.results(lab.state);
    if (results === 0) return undefined;
    const price = { cost: results * pricePerResult(lab.state), spent: spent(lab.state) };
    if (price.spent + price.cost > maxCost) return 'it could bring the cost above --max-cost';
    return (await agree(experiment, price)) ? undefined : 'nobody has agreed to its price';
  }
}

/** Whether an earlier run has answered all that an experiment can. */
function isSettled({ state }: Lab, { settles }: Experiment): boolean {
  return settles.every((question) =>
    state.observations.some((known) => known.question === question && 'answer' in known),
  );
}

/** An answer that is known stays; why there is none is told by the newest run. */
function remember({ state }: Lab, found: Observation[]): void {
  for (const observation of found) {
    const known = state.observations.find(({ question }) => question === observation.question);
    if (known && 'answer' in known) continue;
    state.observations = state.observations.filter((other) => other !== known);
    state.observations.push(observation);
  }
}
