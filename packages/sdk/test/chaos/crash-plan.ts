import { existsSync, readFileSync } from 'node:fs';

/** What a client that may die is to do. */
export interface CrashPlan {
  url: string;
  /** File with a line `name taskUUID` for each submit that may have been sent. */
  journal: string;
  /** File with a line `name videoURL` for each result that came. */
  deliveries: string;
  /** How many jobs there are. */
  jobs: number;
  /** How long the client waits for an answer. */
  timeoutMs: number;
  /** Where the client kills itself, if it does. */
  death?: Death;
}

/** After the taskUUID of a job was written down, or when half of its file has been sent. */
export interface Death {
  when: 'recorded' | 'uploading';
  name: string;
}

/** The words of each line of a file; none when there is no file. */
export function readLines(path: string): [string, string][] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').trim().split('\n').filter(Boolean);
  return lines.map((line) => line.split(' ') as [string, string]);
}
