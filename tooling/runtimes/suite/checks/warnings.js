import process from 'node:process';
import { expectEqual } from '../expect.js';

/** What holds where the runtime warns through `process`. */
export const warningChecks = {
  async 'twenty jobs at once are no reason for a warning of the runtime'({ client, place }) {
    await runTwenty(client('mock'), place.media);
  },

  async 'nor are twenty polls at once'({ client, place }) {
    const polling = { minIntervalMs: 20, maxIntervalMs: 100, batchSize: 1 };
    await runTwenty(client('mock', { polling }), place.media);
  },
};

async function runTwenty(sync3, { video, audio }) {
  const warnings = [];
  const hear = ({ message }) => warnings.push(message);
  process.on('warning', hear);
  const jobs = Array(20).fill({ inputs: { video, audio } });
  for await (const { ok, error } of sync3.lipsync.runAll(jobs)) if (!ok) throw error;
  process.off('warning', hear);
  expectEqual(warnings, [], 'The list of warnings');
}
