import { ask } from '../ask.js';
import type { Experiment } from '../experiment.js';
import { poll, rowsOf } from '../jobs.js';
import { left } from '../observation.js';

const hour = 3_600_000;

/** Looks for the job of an earlier run. It is made in each run: only time tells. */
export const retention: Experiment = {
  name: 'retention',
  describe: 'looks whether the job of an earlier run is still known, and its video still there',
  settles: ['resultRetention', 'urlRetention'],
  results: () => 0,
  async run(lab) {
    const record = lab.state.jobs['several'];
    if (record?.endedAt === undefined || record.videoURL === undefined) {
      return left(retention.settles, 'it takes the finished job of several-results');
    }
    const hours = ((lab.now() - record.endedAt) / hour).toFixed(1);
    const look = await ask(lab, [poll(record)]);
    const isKnown = rowsOf(look, record.taskUUID).length > 0;
    const status = await lab.statusOf(record.videoURL);
    const open = (isThere: boolean) =>
      isThere ? `at least ${hours} h; run it again later` : `less than ${hours} h`;
    return [
      { question: 'resultRetention', open: open(isKnown), evidence: [look] },
      { question: 'urlRetention', open: open(status !== undefined && status < 300), evidence: [] },
    ];
  },
};
