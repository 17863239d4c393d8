import type { ProtocolName } from '../servers/protocols.ts';
import type { Connect } from './job-client.ts';

/** One measured client. Its package is imported only in the process that measures it. */
export interface Subject {
  /** As the tables call it. */
  title: string;
  /** The file beside this one that connects it, and its program in `programs/`. */
  file: string;
  protocol: ProtocolName;
  /** The package on npm; `undefined` for what Node brings. */
  packageName: string | undefined;
  /** How it waits for a job. */
  waiting: string;
}

export const sync3: Subject = {
  title: '@sync3/sdk',
  file: 'sync3.ts',
  protocol: 'runware',
  packageName: '@sync3/sdk',
  waiting: '`lipsync.submit`, then `task.wait`',
};

export const fal: Subject = {
  title: '@fal-ai/client',
  file: 'fal.ts',
  protocol: 'fal',
  packageName: '@fal-ai/client',
  waiting: '`subscribe`',
};

export const replicate: Subject = {
  title: 'replicate',
  file: 'replicate.ts',
  protocol: 'replicate',
  packageName: 'replicate',
  waiting: '`predictions.create`, then `wait`',
};

export const replicateRun: Subject = {
  ...replicate,
  title: 'replicate, `run`',
  file: 'replicate-run.ts',
  waiting:
    '`run`, for which the server holds the answer back for up to a minute; no job here takes longer',
};

export const openai: Subject = {
  title: 'openai',
  file: 'openai.ts',
  protocol: 'openai',
  packageName: 'openai',
  waiting:
    '`vectorStores.files.create`, then `vectorStores.files.poll` (`videos` has no helper that waits)',
};

export const runway: Subject = {
  title: '@runwayml/sdk',
  file: 'runway.ts',
  protocol: 'runway',
  packageName: '@runwayml/sdk',
  waiting: '`characterPerformance.create(...).waitForTaskOutput()`',
};

export const syncSo: Subject = {
  title: '@sync.so/sdk',
  file: 'sync-so.ts',
  protocol: 'syncSo',
  packageName: '@sync.so/sdk',
  waiting: 'no helper; the loop of its quickstart, a look every 10 s',
};

export const plainFetch: Subject = {
  title: 'plain `fetch`',
  file: 'plain-fetch.ts',
  protocol: 'runware',
  packageName: undefined,
  waiting: 'no helper; the shortest loop by hand, a look every 2 s',
};

/** The floor under those whose protocol asks with GET. */
export const plainFetchGet: Subject = {
  ...plainFetch,
  title: 'plain `fetch`, GET',
  file: 'plain-fetch-get.ts',
  protocol: 'syncSo',
};

/** In the order of the tables. */
export const subjects: readonly Subject[] = [
  sync3,
  fal,
  replicate,
  openai,
  runway,
  syncSo,
  plainFetch,
];

/** Imports the package of a client, in the process that measures it. */
export async function loadClient(file: string): Promise<Connect> {
  const { connect } = await import(new URL(file, import.meta.url).href);
  return connect;
}
