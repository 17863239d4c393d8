// Replaces files as the update's own process does, and kills itself before a step. Its argument is
// JSON: the place, whether to make the update or only to complete one, and what is to happen when.
import { commit } from '../../src/replacement/commit.ts';
import type { ReplacementPlace } from '../../src/replacement/file-change.ts';
import { update } from './update.ts';

export interface Run extends ReplacementPlace {
  makesUpdate: boolean;
  killedAt?: string;
  failingAt?: string;
}

const { makesUpdate, killedAt, failingAt, ...place }: Run = JSON.parse(process.argv[2] ?? '');
await commit(makesUpdate ? update : [], place, (step) => {
  if (step === killedAt) process.kill(process.pid, 'SIGKILL');
  if (step === failingAt) throw new Error('disk full');
});
