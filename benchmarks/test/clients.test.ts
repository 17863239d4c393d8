import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { JobClient } from '../clients/job-client.ts';
import { loadClient, plainFetchGet, replicateRun, subjects, sync3 } from '../clients/subjects.ts';
import { sparseFile } from '../figures/file-transfer.ts';
import { type RunningServer, startServer } from '../servers/start-server.ts';

/** How long each job takes, in ms. */
const plan = [50, 100, 150];
const fileSize = 3 * 2 ** 20;

let folder = '';
let file = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync3-benchmarks-test-'));
  file = await sparseFile(folder, fileSize);
});
afterAll(() => rm(folder, { recursive: true }));

// Together, since some clients sleep for ten seconds before they look.
describe.concurrent.each([...subjects, replicateRun, plainFetchGet])('$title', (subject) => {
  let server: RunningServer;
  let client: JobClient;
  beforeAll(async () => {
    server = await startServer(subject.protocol, plan);
    const connect = await loadClient(subject.file);
    client = connect(server.url);
  });
  afterAll(() => server.stop());

  test('runs three jobs at once, and gets the result of each when it is done', async ({
    expect,
  }) => {
    let accepted = 0;
    const onAccepted = () => {
      accepted++;
    };
    const knownTimes = await Promise.all(
      plan.map(async (_, job) => {
        expect(await client.run(`job-${job}`, onAccepted)).toContain(`job-${job}`);
        return Date.now();
      }),
    );
    // The answer of `run` comes when the job is done.
    expect(accepted).toBe(subject === replicateRun ? 0 : plan.length);
    const { failures, doneTimes, requests } = await server.report();
    expect(failures).toEqual([]);
    // Only ours puts jobs of the same moment into one request.
    expect(requests.submit).toBe(subject === sync3 ? 1 : plan.length);
    for (const [job, time] of knownTimes.entries()) {
      expect(time).toBeGreaterThanOrEqual(doneTimes[job] ?? Infinity);
    }
  });

  test('looks at a job once', async ({ expect }) => {
    const id = await client.submit('another');
    expect(await client.status(id)).toBeDefined();
    expect((await server.report()).failures).toEqual([]);
  });

  test('moves a whole file up and down, where it has the means', async ({ expect }) => {
    const { upload, download } = client;
    await upload?.(file);
    const { failures, uploadedBytes } = await server.report();
    expect(failures).toEqual([]);
    expect(uploadedBytes).toBeGreaterThanOrEqual(upload ? fileSize : 0);
    const path = join(folder, `${subject.file}.mp4`);
    await download?.(fileSize, path);
    if (download) expect((await stat(path)).size).toBe(fileSize);
  });
});
