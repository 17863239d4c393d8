import { test as base, inject, type TestAPI } from 'vitest';
import type { MockServerOptions } from './options.js';
import { type MockServer, startMockServer } from './start-mock-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** How the mock servers of a project are set up; `test.provide` in its configuration. */
    mockServer?: MockServerOptions;
  }
}

/** What a test is given. */
export interface MockServerFixture {
  /** The mock server of this worker, started by the first test that asks for it. */
  mock: MockServer;
}

/**
 * A `test` with a mock server: one for each worker of vitest, on a free port. Faults that a test has
 * planned and not met are forgotten when it ends; jobs and counts stay, so give tests UUIDs of their
 * own.
 *
 * Each call makes a server of its own for each worker. Call it once, in a module that tests import.
 *
 * @param options win over those that the project provides as `mockServer`.
 */
export function createTest(options: MockServerOptions = {}): TestAPI<MockServerFixture> {
  let running: MockServer | undefined;
  return base.extend<MockServerFixture & { faultsEnd: undefined }>({
    mock: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it what a fixture needs
      async ({}, use) => {
        running = await startMockServer({ ...inject('mockServer'), ...options });
        await use(running);
        await running.close();
        running = undefined;
      },
      { scope: 'worker' },
    ],
    // It does not ask for the server, or it would start one for tests that need none.
    faultsEnd: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it what a fixture needs
      async ({}, use) => {
        await use(undefined);
        running?.faults.clear();
      },
      { auto: true },
    ],
  });
}

/** A `test` with the mock server that the project provides. */
export const test: TestAPI<MockServerFixture> = createTest();
