import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTest } from '@sync3/mock-server/vitest';
import { describe, expect, onTestFinished } from 'vitest';
import { sync3 } from '../command.ts';
import { batchFolder, clips, postgresLedger, writeJsonl } from './batch-folder.ts';

const test = createTest({ jobDurationMs: 20 });
const run = ['batch', 'run', 'clips.jsonl'];

function planned(count: number): string {
  const folder = batchFolder();
  writeJsonl(folder, clips(count));
  return folder;
}

/** A server that people would be told by; it keeps what is posted. */
async function startReceiver(
  answer: (response: ServerResponse, request: IncomingMessage, count: number) => void = (
    response,
  ) => void response.end(),
) {
  const posted: Record<string, unknown>[] = [];
  const requests: IncomingMessage[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    requests.push(request);
    if (text) posted.push(JSON.parse(text));
    answer(response, request, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/secret-path`,
    host: `127.0.0.1:${port}`,
    posted,
    requests,
  };
}

describe('--notify-command', () => {
  test('gets the end of the batch as JSON on stdin, and no key', async ({ mock }) => {
    const folder = planned(2);
    const env = {
      ...(await postgresLedger()),
      SYNC3_WEBHOOK_SECRET: 'a secret of the tests, long enough',
    };
    const command = 'cat > told.json; env > env.txt';
    const args = [...run, '--notify-command', command];
    expect(await sync3(args, { url: mock.url, folder, env })).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8'))).toMatchObject({
      event: 'complete',
      batch: 'default',
      at: expect.any(String),
      items: 2,
      states: { succeeded: 2 },
      costs: { spent: expect.any(Number), maxCost: null },
      held: null,
    });
    const given = readFileSync(join(folder, 'env.txt'), 'utf8');
    expect(given).not.toContain('RUNWARE_API_KEY');
    expect(given).not.toContain('SYNC3_WEBHOOK_SECRET');
  });

  test('that fails is told in one line, and harms nothing', async ({ mock }) => {
    const folder = planned(1);
    const env = await postgresLedger();
    const args = [...run, '--notify-command', 'echo "no mail\nhere" >&2; exit 3'];
    const { code, stdout, stderr } = await sync3(args, { url: mock.url, folder, env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${join('output', 'clip-1.mp4')}\n` });
    expect(stderr).toMatch(
      /^Warning: --notify-command was not told that the batch is "complete": it ended with exit code 3: no mail here$/m,
    );
  });

  test('gets what a server says, which no shell reads', async ({ mock }) => {
    const folder = planned(1);
    const env = await postgresLedger();
    const code = '$(touch hacked)`touch hacked`';
    mock.faults.add({ on: 'submit', kind: 'failed-results', code, times: 1 });
    const command = 'cat > told.json';
    const args = [...run, '--max-failures', '1', '--notify-command', command];
    expect(await sync3(args, { url: mock.url, folder, env })).toMatchObject({ code: 5 });
    expect(JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8'))).toMatchObject({
      event: 'held',
      held: { reason: 'failures', code },
    });
    expect(existsSync(join(folder, 'hacked'))).toBe(false);
  });
});

describe('--notify-url', () => {
  test('is told once that the batch is held, and why', async ({ mock }) => {
    const { url, posted, requests } = await startReceiver();
    const folder = planned(3);
    const env = await postgresLedger();
    mock.faults.add({ on: 'submit', kind: 'failed-results', code: 'contentRejected', times: 9 });
    const args = [...run, '--concurrency', '1', '--max-failures', '2', '--notify-url', url];
    expect(await sync3(args, { url: mock.url, folder, env })).toMatchObject({ code: 5 });
    expect(posted).toMatchObject([
      {
        event: 'held',
        items: 3,
        states: { failed: 2, planned: 1 },
        held: { reason: 'failures', code: 'contentRejected' },
      },
    ]);
    expect(requests[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.stringify([posted, requests[0]?.headers])).not.toContain('secret-key');
  });

  test('is told that the budget is reached, also from the environment', async ({ mock }) => {
    const { url, posted } = await startReceiver();
    const folder = planned(1);
    const env = { ...(await postgresLedger()), SYNC3_NOTIFY_URL: url };
    const args = [...run, '--max-cost', '0'];
    const { code, stderr } = await sync3(args, { url: mock.url, folder, env });
    expect(code).toBe(5);
    expect(stderr).toMatch(/^The budget is reached: /m);
    expect(posted).toMatchObject([{ event: 'budget', costs: { maxCost: 0 } }]);
  });

  test('is told what the command has failed with', async ({ mock }) => {
    const { url, posted } = await startReceiver();
    const folder = planned(1);
    const env = await postgresLedger();
    mock.faults.add({ on: 'any', kind: 'status', status: 401, times: 99 });
    const args = [...run, '--notify-url', url];
    expect(await sync3(args, { url: mock.url, folder, env })).toMatchObject({ code: 3 });
    expect(posted).toMatchObject([{ event: 'failed', error: { message: expect.any(String) } }]);
  });

  test('that is busy is tried again, three times at most; the address is not shown', async ({
    mock,
  }) => {
    const { url, host, posted } = await startReceiver((response) => {
      response.statusCode = 503;
      response.end();
    });
    const args = [...run, '--notify-url', url];
    const { code, stderr } = await sync3(args, {
      url: mock.url,
      folder: planned(1),
      env: await postgresLedger(),
    });
    expect(code).toBe(0);
    expect(stderr).toContain(
      `Warning: --notify-url was not told that the batch is "complete": ${host} answered 503.\n`,
    );
    expect(stderr).not.toContain('secret-path');
    expect(posted).toHaveLength(3);
  });

  test('that redirects is not followed', async ({ mock }) => {
    const { url, posted } = await startReceiver((response) => {
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    const args = [...run, '--notify-url', url];
    const { code, stderr } = await sync3(args, {
      url: mock.url,
      folder: planned(1),
      env: await postgresLedger(),
    });
    expect(code).toBe(0);
    expect(stderr).toContain('answered with a redirect (307)');
    expect(posted).toHaveLength(1);
  });

  test('that is no address is told before anything is read', async ({ mock }) => {
    for (const address of ['ftp://host/secret-path', 'host', 'https://me:secret-path@host/']) {
      const args = [...run, '--notify-url', address];
      const { code, stderr } = await sync3(args, { url: mock.url, folder: planned(1) });
      expect(code).toBe(2);
      expect(stderr).toContain('--notify-url');
      expect(stderr).not.toContain('secret-path');
      expect(stderr).not.toContain('Planned');
    }
  });
});
