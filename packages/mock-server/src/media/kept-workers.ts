import type { Worker } from 'node:worker_threads';

/** Workers that nobody uses, by their module. `undefined`: none are kept. */
let kept: Map<string, Set<Worker>> | undefined;

/**
 * Keeps the workers of servers that close for later servers of this process. To start a worker and to
 * load its codecs takes a second of processor time, too much for tests with a server each. Kept
 * workers do not keep the process alive.
 */
export function keepWorkers(): void {
  kept ??= new Map();
}

/** @returns whether the worker is kept; otherwise it has to be stopped. */
export function keepWorker({ href }: URL, worker: Worker): boolean {
  if (!kept) return false;
  const workers = kept.get(href) ?? new Set();
  kept.set(href, workers.add(worker));
  removeListeners(worker)
    .on('error', () => undefined)
    .once('exit', () => workers.delete(worker));
  return true;
}

/** A worker that was kept, without the listeners of those who had it. */
export function takeWorker({ href }: URL): Worker | undefined {
  const workers = kept?.get(href) ?? new Set<Worker>();
  const [worker] = workers;
  if (!worker) return undefined;
  workers.delete(worker);
  return removeListeners(worker);
}

/** Only of these events: Node has listeners of its own on a worker. */
function removeListeners(worker: Worker): Worker {
  return worker.removeAllListeners('error').removeAllListeners('exit');
}
