import { ask, askForSure } from '../ask.js';
import type { Experiment } from '../experiment.js';
import { taskOf } from '../lab.js';
import { observed } from '../observation.js';

/** Sends the key in a task in place of the header. */
export const authenticationRow: Experiment = {
  name: 'authentication',
  describe: 'sends the key in a task in place of the header',
  settles: ['authenticationRow'],
  results: () => 0,
  async run(lab) {
    const send = () => ask(lab, [taskOf('getResponse')], { isKeyInTask: true });
    const reading = await askForSure(lab, 'authenticationRow', send, ({ data }) =>
      data.some(({ taskType }) => taskType === 'authentication') ? 'told' : 'absent',
    );
    return [observed('authenticationRow', reading)];
  },
};
