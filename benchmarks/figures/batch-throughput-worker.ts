// A worker of the figure "batch": waits for `go`, works until all items are delivered, and answers with
// its CPU seconds.
import { once } from 'node:events';
import { join } from 'node:path';
import { openDatabase, workOnBatch } from '@sync3/batch';
import { Sync3 } from '@sync3/sdk';
import { saveVideo } from '@sync3/sdk/node';
import { Worker } from 'bullmq';
import pLimit from 'p-limit';
import { apiKey } from '../clients/job-client.ts';
import { answer } from '../measure/answer.ts';
import { processorTime } from '../measure/processor-time.ts';
import { paramsOf, queueName, type WorkerTask } from './batch-throughput-task.ts';

await answer(async (task: WorkerTask) => {
  const { url, outputDirectory, concurrency, how } = task;
  const client = new Sync3({ apiKey, baseUrl: `${url}/v1` });
  const deliver = async (index: number) => {
    const { videos } = await client.lipsync.run(paramsOf(index));
    await saveVideo({ url: videos[0]?.url ?? '' }, join(outputDirectory, `${index}.mp4`));
  };
  const go = async () => {
    process.send?.('ready');
    await once(process, 'message');
    return processorTime();
  };
  if (how.kind === 'batch') {
    const database = await openDatabase({ databaseUrl: how.databaseUrl });
    const time = await go();
    const client = { apiKey, baseUrl: `${url}/v1` };
    const limits = { concurrency };
    const { ending } = await workOnBatch(database, { outputDirectory, client, limits });
    await database.close();
    if (ending !== 'complete') throw new Error(`The batch ended as ${ending}.`);
    return { cpu: time() };
  }
  if (how.kind === 'p-limit') {
    const time = await go();
    const limit = pLimit(concurrency);
    await Promise.all(how.indexes.map((index) => limit(deliver, index)));
    return { cpu: time() };
  }
  const { port } = how;
  const worker = new Worker<number>(queueName, ({ data }) => deliver(data), {
    connection: { host: '127.0.0.1', port },
    concurrency,
    autorun: false,
  });
  await worker.waitUntilReady();
  const time = await go();
  worker.run().catch(() => {});
  // Told by the parent, which sees the whole queue.
  await once(process, 'message');
  return { cpu: time() };
});
