import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { loadMockServer } from '../session/load-mock-server.js';
import { type Comparison, compare } from './compare.js';
import { type ConformState, openState } from './conform-state.js';
import { startEmulatorLab } from './emulator-lab.js';
import { createSend } from './exchange.js';
import type { Experiment } from './experiment.js';
import { experiments } from './experiments.js';
import { lockFolder } from './folder-lock.js';
import { ExperimentsEnded, type Lab } from './lab.js';
import type { Observation } from './observation.js';
import { startReceiver } from './receiver.js';
import { runExperiments, type SpendingRules } from './run-experiments.js';
import { deleteStored } from './sample-media.js';
import { spent } from './spending.js';
import { urlStatus } from './url-status.js';

/** How long a delivery may take after its result, in ms: several attempts with growing pauses. */
const patienceMs = 60_000;

/** What a series of experiments needs. */
export interface ConformOptions extends SpendingRules {
  baseUrl: string;
  apiKey: string;
  /** Where the state is kept. */
  folder: string;
  /** Names of experiments; `undefined`: all. */
  only?: readonly string[] | undefined;
  /** Where the API reaches this machine's `webhookPort`. */
  webhookUrl?: string | undefined;
  webhookPort: number;
  signal: AbortSignal;
  mockServer: Awaited<ReturnType<typeof loadMockServer>>;
  /** In the place of real time, for tests: see `Lab`. */
  clock?: Pick<Lab, 'pause' | 'now' | 'patienceMs'>;
}

/** What the experiments have come to. */
export interface ConformSummary {
  comparisons: Comparison[];
  /** USD, at most. */
  spent: number;
  /** How many experiments were left out because of their price. */
  leftOut: number;
  /** Why the API could not be asked any further. */
  ended: ExperimentsEnded | undefined;
}

/**
 * Makes the experiments with the emulator, and then with the API; holds the answers of the two
 * against each other. Goes on where an earlier run in the folder has stopped.
 *
 * @throws {CommandError} the folder is in use, or about another API.
 */
export async function conform(options: ConformOptions): Promise<ConformSummary> {
  const { baseUrl, apiKey, folder, signal, mockServer, webhookUrl, webhookPort } = options;
  const chosen = experiments.filter(({ name }) => options.only?.includes(name) ?? true);
  const unlock = await lockFolder(folder);
  try {
    const emulator = await askEmulator(mockServer.startMockServer, chosen, signal);
    const { state, save } = await openState(folder, emptyState(baseUrl));
    const receiver = webhookUrl
      ? await startReceiver({
          publicUrl: webhookUrl,
          port: webhookPort,
          token: state.token,
          apiKey,
        })
      : undefined;
    const lab: Lab = {
      send: createSend(baseUrl, apiKey, signal),
      state,
      save,
      statusOf: (url) => urlStatus(url, signal),
      pause: (ms) => sleep(ms, undefined, { signal }),
      now: Date.now,
      receiver,
      expected: Object.fromEntries(
        emulator.flatMap((each) => ('answer' in each ? [[each.question, each.answer]] : [])),
      ),
      patienceMs,
      ...options.clock,
    };
    let ended: ExperimentsEnded | undefined;
    let leftOut = 0;
    try {
      leftOut = await runExperiments(lab, chosen, options);
      await deleteStored(lab);
    } catch (error) {
      if (!(error instanceof ExperimentsEnded)) throw error;
      ended = error;
    } finally {
      await receiver?.close();
    }
    const comparisons = compare(mockServer.questions, state.observations, emulator);
    return { comparisons, spent: spent(state), leftOut, ended };
  } finally {
    await unlock();
  }
}

/** What the emulator answers to every question. */
async function askEmulator(
  start: ConformOptions['mockServer']['startMockServer'],
  chosen: readonly Experiment[],
  signal: AbortSignal,
): Promise<Observation[]> {
  const lab = await startEmulatorLab(start, emptyState('emulator'), signal);
  try {
    await runExperiments(lab, chosen, { maxCost: Infinity, agree: async () => true });
    return lab.state.observations;
  } finally {
    await lab.close();
  }
}

function emptyState(baseUrl: string): ConformState {
  return { version: 1, baseUrl, token: randomUUID(), stored: {}, jobs: {}, observations: [] };
}
