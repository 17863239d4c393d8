import { text } from 'node:stream/consumers';
import { SpecError } from '../spec-error.ts';
import { commit } from './commit.ts';
import type { FileChange, ReplacementPlace } from './file-change.ts';

/** What this process is told on its standard input, as JSON. */
export interface Request extends ReplacementPlace {
  changes: FileChange[];
}

// What is begun is ended: interrupting the update must not interrupt the process that writes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

const request = parse(await text(process.stdin));
if (request) {
  try {
    await commit(request.changes, request);
  } catch (error) {
    const { message } = error as Error;
    const isForPeople = error instanceof SpecError;
    process.stdout.write(isForPeople ? message : `The files were not replaced: ${message}.`);
    process.exitCode = 1;
  }
}

/** A request that ends in the middle comes from a process that was killed: there is nothing to do. */
function parse(json: string): Request | undefined {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
