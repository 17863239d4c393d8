import {
  type DatabaseOptions,
  type DeliveryReceiver,
  openDatabase,
  receiveDeliveries,
  type WorkOptions,
  type WorkSummary,
} from '@sync3/batch';
import type { MockServer } from '@sync3/mock-server';
import { onTestFinished } from 'vitest';
import type { kinds } from '../database/fresh-database.ts';
import { clientOf, openScene, type Scene, until } from '../work/scene.ts';

export const secret = 'a secret of the tests, long enough';
const hourMs = 3_600_000;

/** A scene whose jobs take an hour, and a receiver that has the ledger as another process has it. */
export interface WebhookScene extends Scene {
  receiver: DeliveryReceiver;
  /** What the receiver was told. */
  deliveries: { taskUUID: string; isKnown: boolean }[];
  /** Codes of what it refused. */
  refusals: string[];
  /** The tasks of each poll of the workers. */
  polls: string[][];
  webhooks: { url: string; secret: string };
  workWithWebhooks(options?: Partial<WorkOptions>): Promise<WorkSummary>;
  /** Lets the clock of the server pass the end of all jobs; each ends when it is asked for. */
  endHour(): Promise<void>;
  /** Ends a job at the server, which delivers that. */
  end(taskUUID: string): Promise<void>;
}

/** Opens the ledger once more, as a further process does. */
export async function visit(where: DatabaseOptions) {
  const database = await openDatabase(
    'directory' in where ? { ...where, access: 'visit' as const } : where,
  );
  onTestFinished(() => database.close());
  return database;
}

export async function openWebhookScene(kind: (typeof kinds)[number]): Promise<WebhookScene> {
  const scene = await openScene(kind, { jobDurationMs: hourMs, retentionMs: 100 * hourMs });
  const deliveries: WebhookScene['deliveries'] = [];
  const refusals: string[] = [];
  const polls: string[][] = [];
  const receiver = await receiveDeliveries(await visit(scene.where), {
    url: 'https://hooks.example.com/sync3',
    secret,
    onDelivery: (delivery) => deliveries.push(delivery),
    onError: ({ code }) => refusals.push(`${code}`),
  });
  onTestFinished(() => receiver.close());
  const webhooks = { url: `${receiver.url}/sync3`, secret };
  const onPoll = ({ tasks }: { tasks: { taskUUID: string }[] }) =>
    polls.push(tasks.map(({ taskUUID }) => taskUUID));
  const client = clientOf(scene.mock, { polling: undefined, hooks: { onPoll } });
  return {
    ...scene,
    receiver,
    deliveries,
    refusals,
    polls,
    webhooks,
    workWithWebhooks: (options) => scene.work({ client, webhooks, ...options }),
    async endHour() {
      // A job whose file is made later than that ends by itself.
      await until(() => scene.mock.tasks.every(({ rendering }) => rendering));
      scene.advance(hourMs);
    },
    end: (taskUUID) => ask(scene.mock, taskUUID),
  };
}

/** Asks for a job as somebody beside the workers. */
async function ask({ url }: MockServer, taskUUID: string): Promise<void> {
  const headers = { Authorization: 'Bearer key-of-the-tests', 'Content-Type': 'application/json' };
  const body = JSON.stringify([{ taskType: 'getResponse', taskUUID }]);
  await fetch(url, { method: 'POST', headers, body });
}

/** The webhook URL that a job was submitted with. */
export function webhookURLOf({ tasks }: MockServer, taskUUID: string): string {
  const { task } = tasks.find((job) => job.taskUUID === taskUUID) ?? {};
  return `${(task as { webhookURL?: string } | undefined)?.webhookURL}`;
}

/** Delivers to a URL that there is news of a job. */
export async function deliver(url: string, taskUUID: string, headers = {}): Promise<number> {
  const body = JSON.stringify({ taskType: 'videoInference', taskUUID, status: 'processing' });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  });
  return response.status;
}
