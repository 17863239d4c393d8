import { ask, askForSure } from '../ask.js';
import type { Exchange } from '../exchange.js';
import type { Experiment } from '../experiment.js';
import { rowsOf } from '../jobs.js';
import { type Lab, taskOf } from '../lab.js';
import { observed } from '../observation.js';
import { sampleTask } from '../sample-task.js';
import { pricePerResult } from '../spending.js';

/** Prices the sample job, and looks whether it was run all the same. */
export const dryRun: Experiment = {
  name: 'dry-run',
  describe: 'prices a job without running it',
  settles: ['dryRun'],
  results: () => 0,
  async run(lab) {
    const task = await sampleTask(lab);
    const isTelling = await isUnknownWithoutRow(lab);
    /** The job that a dry run was run as. */
    let run: { dry: Exchange; look: Exchange } | undefined;
    const send = async () => {
      // What is run in earnest is not asked for again.
      if (run) return run.dry;
      const taskUUID = crypto.randomUUID();
      const dry = await ask(lab, [{ ...task, taskUUID }], { isDryRun: true });
      const look = isTelling ? await lookForJob(lab, taskUUID) : undefined;
      if (look) run = { dry, look };
      return dry;
    };
    const reading = await askForSure(lab, 'dryRun', send, read);
    if (run) {
      const evidence = [run.dry, run.look];
      return [{ question: 'dryRun', answer: 'run as a job', evidence }];
    }
    const price = reading.evidence.flatMap(costsIn).at(-1);
    if (price !== undefined) lab.state.price = price;
    await lab.save();
    return [observed('dryRun', reading)];
  },
};

/** Where even an unknown job has a row, a row says nothing. */
async function isUnknownWithoutRow(lab: Lab): Promise<boolean> {
  const control = taskOf('getResponse');
  return rowsOf(await ask(lab, [control]), control.taskUUID).length === 0;
}

/** The answer that tells of a job that should not be there; it counts as paid for. */
async function lookForJob(lab: Lab, taskUUID: string): Promise<Exchange | undefined> {
  // Whether it ran shows a moment later.
  await lab.pause(3_000);
  const look = await ask(lab, [taskOf('getResponse', { taskUUID })]);
  if (rowsOf(look, taskUUID).length === 0) return undefined;
  lab.state.jobs[`dry-run ${taskUUID}`] = {
    taskUUID,
    results: 1,
    held: pricePerResult(lab.state),
    sentAt: lab.now(),
    state: 'accepted',
    repeats: [],
  };
  await lab.save();
  return look;
}

function read(exchange: Exchange): string {
  if (costsIn(exchange).length > 0) return 'priced';
  return exchange.data.length > 0 ? 'unpriced' : `HTTP ${exchange.status} without a row`;
}

function costsIn({ data }: Exchange): number[] {
  return data.flatMap(({ cost }) => (typeof cost === 'number' ? cost : []));
}
