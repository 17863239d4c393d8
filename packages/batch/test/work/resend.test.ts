import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type BatchItem, openDatabase, planBatch } from '@sync3/batch';
import { model } from '@sync3/generated/constants';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freshDatabase, kinds, temporaryFolder } from '../database/fresh-database.ts';
import { renamedTo } from '../ledger/renamed-to.ts';
import { spawnWorker } from './spawn-worker.ts';

type Task = { taskType: string; taskUUID: string; model?: string };

/** An API that loses whatever is submitted, until it is mended; then it accepts each job and fails it. */
async function startApi() {
  const accepted = new Set<string>();
  const api = {
    url: '',
    isMended: false,
    /** The tasks that were submitted, as they were written. */
    submitted: [] as string[],
    /** Called after each submit. */
    onSubmit: () => {},
  };
  const server = createServer(async (request, response) => {
    const tasks: Task[] = JSON.parse(await text(request));
    const jobs = tasks.filter((task) => 'model' in task);
    api.submitted.push(...jobs.map((job) => JSON.stringify(job)));
    if (jobs.length > 0) api.onSubmit();
    if (jobs.length > 0 && !api.isMended) return;
    const errors = tasks
      .filter((task) => !jobs.includes(task))
      .map(({ taskUUID }) =>
        accepted.has(taskUUID)
          ? { code: 'providerError', message: 'It failed.', status: 'error', taskUUID }
          : { code: 'taskNotFound', message: 'It is not known.', taskUUID },
      );
    for (const { taskUUID } of jobs) accepted.add(taskUUID);
    response.writeHead(errors.length > 0 ? 400 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(errors.length > 0 ? { errors } : { data: jobs }));
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return api;
}

const inputs = { video: 'https://example.com/a.mp4', audio: 'https://example.com/a.wav' };
const sentItems: BatchItem[] = [
  { key: 'voice', params: { inputs } },
  { key: 'text', params: { inputs: { video: inputs.video }, speech: { text: 'Hello' } } },
  // A line that names the model itself.
  { key: 'explicit', params: { inputs, model } as BatchItem['params'] },
];

describe.each(kinds)('on %s', (kind) => {
  test('after the model is renamed, what may have been sent is sent again as it was, and the rest with the new name', async () => {
    const where = await freshDatabase(kind);
    const plan = async (items: BatchItem[]) => {
      const database = await openDatabase(where);
      await planBatch(items, database);
      await database.close();
    };
    const api = await startApi();
    const work = { url: api.url, outputDirectory: temporaryFolder() };
    await plan(sentItems);
    const dying = spawnWorker(where, work);
    api.onSubmit = () => {
      if (api.submitted.length === sentItems.length) dying.child.kill('SIGKILL');
    };
    await dying.end;
    const before = api.submitted.splice(0).sort();
    expect(before).toHaveLength(sentItems.length);

    await plan([
      { key: 'later', params: { inputs: { ...inputs, video: 'https://example.com/b.mp4' } } },
    ]);
    api.isMended = true;
    const next = spawnWorker(where, work, renamedTo('sync:renamed@1'));
    expect(await next.end).toMatchObject({
      ending: 'complete',
      counts: { byState: { failed: 4 } },
    });
    const isRenamed = (task: string) => task.includes('"model":"sync:renamed@1"');
    expect(api.submitted.filter((task) => !isRenamed(task)).sort()).toEqual(before);
    expect(api.submitted.filter(isRenamed)).toEqual([
      expect.stringContaining('https://example.com/b.mp4'),
    ]);
  });
});
