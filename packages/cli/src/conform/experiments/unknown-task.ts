import { meaningOf } from '@sync3/sdk';
import { ask, askForSure } from '../ask.js';
import type { Exchange } from '../exchange.js';
import type { Experiment } from '../experiment.js';
import { taskOf } from '../lab.js';
import { observed } from '../observation.js';

/** Asks for a job that there never was. */
export const unknownTask: Experiment = {
  name: 'unknown-task',
  describe: 'asks for a job that there never was',
  settles: ['unknownTask'],
  results: () => 0,
  async run(lab) {
    const send = () => ask(lab, [taskOf('getResponse')]);
    return [observed('unknownTask', await askForSure(lab, 'unknownTask', send, read))];
  },
};

function read({ status, data, errors }: Exchange): string {
  if (data.length > 0) return 'a row';
  const [error] = errors;
  if (!error) return 'empty';
  const code = String(error['code']);
  return meaningOf(code) === 'unknownTask' ? 'taskNotFound' : `${code}, HTTP ${status}`;
}
