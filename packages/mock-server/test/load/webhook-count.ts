import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientReport } from './shape.ts';

/** Takes webhooks and counts what they tell of. */
export interface WebhookCount {
  url: string;
  report(): ClientReport['webhooks'];
  /** Resolves when so many have come and no more follow for a second, or after half a minute. */
  settled(count: number): Promise<void>;
  close(): void;
}

export async function startWebhookCount(): Promise<WebhookCount> {
  const videos = new Set<string>();
  const times: number[] = [];
  let failures = 0;
  let repeated = 0;
  const server = createServer(async (request, response) => {
    const row = JSON.parse(Buffer.concat(await request.toArray()).toString());
    times.push(performance.now());
    if (row.status === 'error') failures += 1;
    else if (videos.has(row.videoUUID)) repeated += 1;
    else videos.add(row.videoUUID);
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    report: () => ({
      received: times.length,
      videos: videos.size,
      failures,
      repeated,
      perSecond: ratePerSecond(times),
    }),
    async settled(count) {
      for (let waited = 0; waited < 30 && times.length < count; waited++) await second();
      await second();
    },
    close: () => void server.close(),
  };
}

/** The rate in the middle of the run: the first and the last tenth belong to its start and end. */
function ratePerSecond(times: number[]): number {
  const middle = times.slice(times.length * 0.1, times.length * 0.9);
  const [first = 0] = middle;
  const last = middle.at(-1) ?? 0;
  return last > first ? ((middle.length - 1) / (last - first)) * 1000 : 0;
}

function second(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000));
}
