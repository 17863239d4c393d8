import { audioUrl, videoUrl } from '../clients/job-client.ts';

/** The queue of BullMQ. */
export const queueName = 'clips';

/** What a worker is told. */
export interface WorkerTask {
  url: string;
  outputDirectory: string;
  concurrency: number;
  how:
    | { kind: 'batch'; databaseUrl: string }
    | { kind: 'p-limit'; indexes: number[] }
    | { kind: 'bullmq'; port: number };
}

/** The parameters of an item. */
export function paramsOf(index: number) {
  return { inputs: { video: videoUrl(`job-${index}`), audio: audioUrl } };
}
