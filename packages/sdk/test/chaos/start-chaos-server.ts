import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import type { ChaosMessage, ChaosOptions, ChaosReport } from './chaos-report.js';

/** Starts the server in a thread of its own; it ends with the test. */
export async function startChaosServer(
  options: Partial<ChaosOptions> = {},
  onAccepted: (name: string) => void = () => {},
) {
  const workerData: ChaosOptions = { seed: 1, isFaulty: true, unanswered: [], ...options };
  const worker = new Worker(new URL('./chaos-server.ts', import.meta.url), { workerData });
  onTestFinished(async () => {
    await worker.terminate();
  });
  const [{ port }] = await once(worker, 'message');
  worker.on('message', (message: ChaosMessage) => {
    if ('accepted' in message) onAccepted(message.accepted);
  });

  return {
    url: `http://127.0.0.1:${port}/v1`,

    /** What the server has seen so far. */
    report(): Promise<ChaosReport> {
      return new Promise((resolve) => {
        const listen = (message: ChaosMessage) => {
          if (!('report' in message)) return;
          worker.off('message', listen);
          resolve(message.report);
        };
        worker.on('message', listen);
        worker.postMessage('report');
      });
    },
  };
}
