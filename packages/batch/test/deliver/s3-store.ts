/// <reference path="../../../mock-server/test/delivery/s3rver.d.ts" />
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import S3rver from 's3rver';
import { onTestFinished, vi } from 'vitest';

/** A bucket of an S3-compatible server, which the environment names until the test ends. */
export interface S3Store {
  /** What to give as the place of results. */
  location: string;
  /** Method and path of each request. */
  asked: string[];
  /** Answers in the place of the store; `undefined` leaves it to the store. */
  answer: (request: IncomingMessage) => number | undefined | Promise<number | undefined>;
  get(key: string): Promise<Buffer | undefined>;
  put(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
}

/** What s3rver lets in. */
const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const bucket = 'results';

/**
 * Starts s3rver, and before it what s3rver lacks: an upload with `If-None-Match: *` is refused with 412
 * when the object is there, as the stores of AWS, Cloudflare, MinIO and others do.
 */
export async function openStore(): Promise<S3Store> {
  const folder = mkdtempSync(join(tmpdir(), 's3rver-'));
  const server = new S3rver({
    ...{ address: '127.0.0.1', port: 0, silent: true, directory: folder },
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  const { port } = await server.run();
  const s3 = new AwsClient({ ...keys, service: 's3', region: 'us-east-1', retries: 0 });
  const urlOf = (key: string) => `http://127.0.0.1:${port}/${bucket}/${key}`;
  const isThere = async (path: string) =>
    (await s3.fetch(`http://127.0.0.1:${port}${path}`, { method: 'HEAD' })).ok;

  const front = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    store.asked.push(`${method} ${url}`);
    const isConditional = method === 'PUT' && headers['if-none-match'] === '*';
    const status =
      (await store.answer(request)) ?? (isConditional && (await isThere(url)) ? 412 : undefined);
    if (status !== undefined) {
      request.resume();
      response.writeHead(status).end('<Error><Code>SlowDown</Code></Error>');
      return;
    }
    const onward = httpRequest(
      { host: '127.0.0.1', port, method, path: url, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    front.closeAllConnections();
    front.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  vi.stubEnv('AWS_ACCESS_KEY_ID', keys.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', keys.secretAccessKey);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ENDPOINT_URL_S3', `http://127.0.0.1:${(front.address() as AddressInfo).port}`);
  const store: S3Store = {
    location: `s3://${bucket}/dubbed`,
    asked: [],
    answer: () => undefined,
    async get(key) {
      const response = await s3.fetch(urlOf(key));
      return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
    },
    async put(key, body) {
      await s3.fetch(urlOf(key), { method: 'PUT', body });
    },
    async remove(key) {
      await s3.fetch(urlOf(key), { method: 'DELETE' });
    },
  };
  return store;
}
