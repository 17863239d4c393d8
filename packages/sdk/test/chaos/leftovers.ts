import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import type { ChaosReport } from './chaos-report.js';

/** A signal for all calls of a test: it ends what a test that fails would leave to the next one. */
export function sharedSignal(): AbortSignal {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  return controller.signal;
}

/**
 * Watches the process from now on. The function it returns asserts that nothing is left and nothing
 * went wrong unseen: no timer, no socket in use, no request, no rejection that nobody handled, no
 * warning of the runtime.
 */
export function watchForLeftovers(askServer: () => Promise<ChaosReport>) {
  const incidents: unknown[] = [];
  const record = (incident: unknown) => incidents.push(incident);
  for (const event of ['unhandledRejection', 'uncaughtException', 'warning']) {
    process.on(event, record);
    onTestFinished(() => {
      process.off(event, record);
    });
  }

  return async () => {
    let report = await askServer();
    // The operating system, and then the server, learn a moment later what the client has closed.
    for (let look = 0; look < 200; look++) {
      if (report.openRequests === 0 && activeResources().length === 0) break;
      await delay(10);
      report = await askServer();
    }
    expect(activeResources()).toEqual([]);
    expect(report).toMatchObject({ openRequests: 0, violations: [] });
    expect(incidents).toEqual([]);
  };
}

/** What keeps the process alive, without the pipes and ports of the test runner. */
function activeResources(): string[] {
  return process.getActiveResourcesInfo().filter((type) => /Timeout|Immediate|TCP/.test(type));
}
