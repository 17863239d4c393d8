import { setTimeout as sleep } from 'node:timers/promises';
import type { startMockServer } from '@sync3/mock-server';
import type { ConformState } from './conform-state.js';
import { createSend } from './exchange.js';
import type { Lab } from './lab.js';
import { startReceiver } from './receiver.js';
import { urlStatus } from './url-status.js';

/** Longer than a second submit takes, on a clock that only moves when an experiment waits. */
const jobDurationMs = 30_000;

/** The emulator as a lab: nothing is paid for, and waiting takes no time. */
export async function startEmulatorLab(
  start: typeof startMockServer,
  state: ConformState,
  signal: AbortSignal,
): Promise<Lab & { close(): Promise<void> }> {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const server = await start({ now, jobDurationMs, balance: 1_000 });
  const apiKey = 'emulator';
  const receiver = await startReceiver({ port: 0, token: state.token, apiKey });
  return {
    send: createSend(server.url, apiKey, signal),
    state,
    save: async () => {},
    statusOf: (url) => urlStatus(url, signal),
    async pause(ms) {
      ahead += ms;
      // Renders and deliveries take real time.
      await sleep(20, undefined, { signal });
    },
    now,
    receiver,
    expected: {},
    patienceMs: 120_000,
    async close() {
      await receiver.close();
      await server.close();
    },
  };
}
