import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DatabaseOptions, WorkEvent, WorkOptions, WorkSummary } from '@sync3/batch';

const program = fileURLToPath(new URL('work-once.ts', import.meta.url));

/** What a worker tells at its end. */
export type WorkerEnd = WorkSummary & { event: 'end'; rssPeak: number };

/** A worker in a process of its own. */
export interface SpawnedWorker {
  child: ChildProcess;
  events: (WorkEvent | WorkerEnd)[];
  /** Resolves when it has told such an event, or has ended. */
  until(isIt: (event: WorkEvent | WorkerEnd) => boolean): Promise<void>;
  /** Resolves with its last word; `undefined` when it was killed. Rejects with what it wrote to stderr. */
  end: Promise<WorkerEnd | undefined>;
}

/**
 * Starts a worker.
 *
 * @param nodeArguments for Node itself, as `--import`.
 */
export function spawnWorker(
  database: DatabaseOptions,
  options: Omit<WorkOptions, 'client' | 'onEvent' | 'signal'> & { url: string },
  nodeArguments: string[] = [],
): SpawnedWorker {
  const { url, ...rest } = options;
  const argument = { database, ...rest, client: { baseUrl: url, apiKey: 'key-of-the-tests' } };
  const child = spawn(process.execPath, [...nodeArguments, program, JSON.stringify(argument)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events: (WorkEvent | WorkerEnd)[] = [];
  const listeners = new Set<() => void>();
  const wake = () => {
    for (const listener of listeners) listener();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line));
    wake();
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  let isOver = false;
  const end = once(child, 'close').then(([code, signal]) => {
    isOver = true;
    wake();
    if (signal === null && code !== 0) throw new Error(`The worker ended with ${code}: ${errors}`);
    return events.find((event): event is WorkerEnd => event.event === 'end');
  });
  // Whoever waits for it hears of it.
  end.catch(() => {});
  return {
    child,
    events,
    end,
    async until(isIt) {
      while (!isOver && !events.some(isIt)) {
        await new Promise<void>((resolve) => {
          listeners.add(resolve);
        });
        listeners.clear();
      }
    },
  };
}
