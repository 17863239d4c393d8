import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as mockServer from '@sync3/mock-server';
import { onTestFinished } from 'vitest';
import { type ConformOptions, conform } from '../../dist/conform/conform.js';
import { temporaryFolder } from '../command.ts';

/** The key of the API in question; no report may hold it. */
export const apiKey = 'secret-key-of-the-api-in-question';

/** An API in question, made of an emulator whose clock moves when an experiment waits. */
export async function startApi(options: mockServer.MockServerOptions = {}) {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const mock = await mockServer.startMockServer({
    jobDurationMs: 30_000,
    balance: 100,
    apiKeys: [apiKey],
    now,
    ...options,
  });
  onTestFinished(() => mock.close());
  const clock = {
    now,
    patienceMs: 200_000,
    async pause(ms: number) {
      ahead += ms;
      await sleep(10);
    },
  };
  return { mock, clock };
}

/** An answer on its way. */
export interface Answer {
  status: number;
  body: { data?: Record<string, unknown>[]; errors?: Record<string, unknown>[] };
}

/**
 * Stands before an API and changes what it answers. Gives its base URL.
 *
 * @param isDryRunIgnored whether every dry run is run as a job.
 */
export async function tamperWith(
  url: string,
  change: (answer: Answer, tasks: Record<string, unknown>[], isDryRun: boolean) => Answer,
  isDryRunIgnored = false,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const { authorization = '', 'x-runware-dry-run': dry } = request.headers;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization, ...(dry && !isDryRunIgnored && { 'x-runware-dry-run': `${dry}` }) },
      body,
    });
    const given = { status: answer.status, body: (await answer.json()) as Answer['body'] };
    const changed = change(given, JSON.parse(body), dry === '1');
    response.writeHead(changed.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(changed.body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

/** Makes the experiments with an API, every one unless told otherwise. */
export async function experimentWith(
  baseUrl: string,
  clock: NonNullable<ConformOptions['clock']>,
  options: Partial<ConformOptions> = {},
) {
  const port = await freePort();
  const folder = temporaryFolder();
  const summary = await conform({
    baseUrl,
    apiKey,
    folder,
    webhookUrl: `http://127.0.0.1:${port}`,
    webhookPort: port,
    signal: new AbortController().signal,
    mockServer,
    maxCost: 50,
    agree: async () => true,
    clock,
    ...options,
  });
  /** The answers that differ from the emulator's, by their questions. */
  const differences = Object.fromEntries(
    summary.comparisons.flatMap(({ name, verdict, api }) =>
      verdict === 'different' ? [[name, api]] : [],
    ),
  );
  const open = summary.comparisons.flatMap(({ name, verdict, reason }) =>
    verdict === 'open' ? [`${name}: ${reason}`] : [],
  );
  return { ...summary, folder, differences, open };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
