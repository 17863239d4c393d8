import { ask, askForSure } from '../ask.js';
import type { Exchange, Row } from '../exchange.js';
import type { Experiment } from '../experiment.js';
import type { Lab } from '../lab.js';
import { type Observation, observed } from '../observation.js';
import { dataUriOf, sampleInputs } from '../sample-media.js';
import { sampleTask } from '../sample-task.js';

/** Prices jobs of which it is open whether they are taken. Runs none of them. */
export const inputs: Experiment = {
  name: 'inputs',
  describe:
    'prices jobs with null boxes, overlapping segments, a data URI and the former identifier',
  settles: ['nullBoxes', 'overlappingSegments', 'dataURIInputs', 'formerIdentifier'],
  results: () => 0,
  async run(lab) {
    if (!lab.state.observations.some(isDry)) {
      const open = 'a dry run is not known to run nothing';
      return inputs.settles.map((question) => ({ question, open, evidence: [] }));
    }
    const { video, audio } = await sampleInputs(lab);
    const activeSpeakerDetection = { boundingBoxes: [[10, 10, 100, 100], null] };
    const segments = [
      { startTime: 0, endTime: 0.8, audio },
      { startTime: 0.4, endTime: 1, audio },
    ];
    const tasks: [Observation['question'], Row][] = [
      ['nullBoxes', await sampleTask(lab, { settings: { activeSpeakerDetection } })],
      ['overlappingSegments', await sampleTask(lab, { inputs: { video }, settings: { segments } })],
      ['formerIdentifier', await sampleTask(lab, { model: 'sync:3@0' })],
      [
        'dataURIInputs',
        await sampleTask(lab, { inputs: { video, audio: await dataUriOf('audio') } }),
      ],
    ];
    const found: Observation[] = [];
    for (const [question, task] of tasks) found.push(await isTaken(lab, question, task));
    return found;
  },
};

function isDry(observation: Observation): boolean {
  if (observation.question !== 'dryRun' || !('answer' in observation)) return false;
  return observation.answer === 'priced' || observation.answer === 'unpriced';
}

async function isTaken(
  lab: Lab,
  question: Observation['question'],
  task: Row,
): Promise<Observation> {
  const send = async () => {
    const exchange = await ask(lab, [{ ...task, taskUUID: crypto.randomUUID() }], {
      isDryRun: true,
    });
    // A data URI would fill the report.
    return question === 'dataURIInputs' ? { ...exchange, request: [] } : exchange;
  };
  const read = ({ data, errors }: Exchange) =>
    errors.length === 0 && data.length > 0 ? 'accepted' : 'refused';
  return observed(question, await askForSure(lab, question, send, read));
}
