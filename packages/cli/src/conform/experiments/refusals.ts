import { ask, askForSure } from '../ask.js';
import type { Exchange } from '../exchange.js';
import type { Experiment } from '../experiment.js';
import { taskOf } from '../lab.js';
import { observed } from '../observation.js';
import { dataUriOf } from '../sample-media.js';
import { brokenTask } from '../sample-task.js';

/** Sends a job that breaks the document: alone, and beside a task that is served. */
export const refusals: Experiment = {
  name: 'refusals',
  describe: 'sends a job that breaks the document, alone and beside a task that is served',
  settles: ['refusalStatus', 'mixedStatus'],
  results: () => 0,
  async run(lab) {
    const alone = await askForSure(
      lab,
      'refusalStatus',
      () => ask(lab, [brokenTask()]),
      ({ status, errors }) => (errors.length > 0 ? status : `HTTP ${status} without an error`),
    );
    const media = await dataUriOf('audio');
    const beside = async () => {
      const upload = taskOf('mediaStorage', { operation: 'upload', media });
      const exchange = await ask(lab, [upload, brokenTask()]);
      await forget(exchange);
      return { ...exchange, request: exchange.request.map(withoutMedia) };
    };
    const forget = async ({ data }: Exchange) => {
      for (const { mediaUUID } of data) {
        if (typeof mediaUUID !== 'string') continue;
        await ask(lab, [taskOf('mediaStorage', { operation: 'delete', media: mediaUUID })]);
      }
    };
    const mixed = await askForSure(lab, 'mixedStatus', beside, ({ status, data, errors }) => {
      if (data.length > 0 && errors.length > 0) return status;
      return data.length > 0 ? 'the refused task is not told of' : 'the other task is not served';
    });
    return [observed('refusalStatus', alone), observed('mixedStatus', mixed)];
  },
};

function withoutMedia(task: Exchange['request'][number]) {
  return 'media' in task ? { ...task, media: 'data:audio/wav;base64,…' } : task;
}
