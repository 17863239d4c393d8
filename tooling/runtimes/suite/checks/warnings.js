import process from 'node:process';
import { expectEqual } from '../expect.js';

/** What holds where the runtime warns through `process`. */
export const warningChecks = {
  async 'twenty jobs at once are no reason for a warning of the runtime'({ client, place }) {
    const { video, audio } = place.media;
    const warnings = [];
    const hear = ({ message }) => warnings.push(message);
    process.on('warning', hear);
    const jobs = Array(20).fill({ inputs: { video, audio } });
    for await (const { ok, error } of client('mock').lipsync.runAll(jobs)) if (!ok) throw error;
    process.off('warning', hear);
    expectEqual(warnings, [], 'The list of warnings');
  },
};
