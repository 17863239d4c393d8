import type { Job } from './jobs.ts';

/** What this application knows; a real one has a database. */
interface Memory {
  tokens: Set<string>;
  jobs: Map<string, Job>;
  /** The session that a job, a stored file or a finished video belongs to, by UUID. */
  owners: Map<string, string>;
}

declare global {
  var exampleMemory: Memory | undefined;
}

// On `globalThis`, as Next.js promises no module to be evaluated only once; in development every
// change does it again.
globalThis.exampleMemory ??= { tokens: new Set(), jobs: new Map(), owners: new Map() };

export const { tokens, jobs, owners } = globalThis.exampleMemory;
