import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { sizes } from '../sizes.js';
import { chance } from './chance.js';
import type { ChaosReport } from './chaos-report.js';
import { type CrashPlan, type Death, readLines } from './crash-plan.js';
import { startChaosServer } from './start-chaos-server.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sync3-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The moments of death: three jobs each time, of thirty that a client gets to. */
const rounds = [
  { recorded: 4, accepted: 15, uploading: 30 },
  { recorded: 37, accepted: 48, uploading: 60 },
  { recorded: 73, accepted: 81, uploading: 90 },
].slice(0, sizes.crashRounds);
const jobs = sizes.crashJobs;

/** A client that lives on its own; SIGKILL ends it. */
function live(url: string, life: Partial<CrashPlan> = {}): ChildProcess {
  const files = { journal: journal(), deliveries: deliveries() };
  const plan: CrashPlan = { url, ...files, jobs, timeoutMs: 1000, ...life };
  const program = fileURLToPath(new URL('./crash-client.ts', import.meta.url));
  const programArguments = [program, JSON.stringify(plan)];
  const client = spawn(process.execPath, programArguments, { stdio: 'inherit' });
  onTestFinished(() => {
    client.kill('SIGKILL');
  });
  return client;
}

const journal = () => join(folder, 'journal');
const deliveries = () => join(folder, 'deliveries');

/** Every job was paid for once, under the taskUUID that was written down, and has its result. */
function expectAllDelivered({ acceptances, violations }: ChaosReport): void {
  const names = Array.from({ length: jobs }, (_, index) => `job-${index}`);
  const results = Object.fromEntries(readLines(deliveries()));
  const recorded = Object.fromEntries(readLines(journal()));
  const url = (name: string) => `https://vm.runware.ai/video/${name}/0.mp4`;
  expect(results).toEqual(Object.fromEntries(names.map((name) => [name, url(name)])));
  expect(acceptances).toEqual(Object.fromEntries(names.map((name) => [name, [recorded[name]]])));
  expect(violations).toEqual([]);
}

test('a client that is killed at the worst moments pays once for each job, and gets every result', async () => {
  const unanswered = rounds.map(({ accepted }) => `job-${accepted}`);
  let client: ChildProcess | undefined;
  const server = await startChaosServer({ isFaulty: false, unanswered }, (name) => {
    if (unanswered.includes(name)) client?.kill('SIGKILL');
  });
  /**
   * Lives until it is killed because of the job with this number, when those after it have not got
   * far, and gives what the server knows by then.
   */
  const liveAndDie = async (number: number, when?: Death['when']) => {
    const death = when && { when, name: `job-${number}` };
    // It must not give up the answer that never comes before it is killed.
    const timeoutMs = 60_000;
    client = live(server.url, { jobs: number + 6, timeoutMs, ...(death && { death }) });
    expect(await once(client, 'exit')).toEqual([null, 'SIGKILL']);
    return server.report();
  };

  for (const { recorded, accepted, uploading } of rounds) {
    const first = await liveAndDie(recorded, 'recorded');
    expect(readLines(journal()).map(([name]) => name)).toContain(`job-${recorded}`);
    expect(first.acceptances).not.toHaveProperty(`job-${recorded}`);

    const second = await liveAndDie(accepted);
    expect(second.acceptances).toHaveProperty(`job-${accepted}`);
    expect(readLines(deliveries()).map(([name]) => name)).not.toContain(`job-${accepted}`);

    const third = await liveAndDie(uploading, 'uploading');
    const cutRequests = async () => (await server.report()).cutRequests;
    await expect.poll(cutRequests).toBeGreaterThan(second.cutRequests);
    expect(third.acceptances).not.toHaveProperty(`job-${uploading}`);
  }
  expect(await once(live(server.url), 'exit')).toEqual([0, null]);
  expectAllDelivered(await server.report());
});

test('a client that is killed now and then, on a server that fails at random, pays once for each job, and gets every result', async () => {
  const seed = 1;
  let client: ChildProcess | undefined;
  /** So many jobs are accepted before the client is killed. */
  let left = 0;
  const server = await startChaosServer({ seed }, () => {
    if (left-- === 0) client?.kill('SIGKILL');
  });
  for (let kill = 0; kill < sizes.crashKills; kill++) {
    left = Math.floor(chance(seed, 'kill', kill) * 6);
    client = live(server.url);
    expect(await once(client, 'exit')).toEqual([null, 'SIGKILL']);
  }
  expect(await once(live(server.url), 'exit')).toEqual([0, null]);
  expectAllDelivered(await server.report());
});
