import { AwsClient } from 'aws4fetch';
import { BatchError, kind } from '../errors/batch-error.js';
import { DeliveryError } from '../errors/item-errors.js';
import type { S3Settings } from './s3-settings.js';

/** Tries of a request that the store answers with 5xx or 429, beyond the first. */
const retries = 3;
/** Longest time without an answer, in ms; an upload of a large file takes long. */
const answerMs = 60_000;
const uploadMs = 3_600_000;

/** A store did not do what it was asked. */
export class StoreError extends DeliveryError {
  static override readonly [kind] = 'StoreError';
  /** Of the answer; 0 when there was none. */
  readonly status: number;

  constructor(
    what: string,
    { status, code, cause }: { status: number; code?: string; cause?: unknown },
  ) {
    const why = status === 0 ? 'it cannot be reached' : `HTTP ${status}${code ? `, ${code}` : ''}`;
    const retryable = status === 0 || status >= 500 || [408, 409, 429].includes(status);
    super(`${what} failed: ${why}.`, { code, cause, retryable });
    this.status = status;
  }
}

/** One request to the store. */
interface S3Request {
  /** Parts of the key, below the prefix; absent for the bucket itself. */
  name?: readonly string[];
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  body?: Blob;
  signal?: AbortSignal | undefined;
  /** Statuses that are an answer, besides 2xx. */
  expected?: readonly number[];
}

/** Signed requests to one bucket of an S3-compatible store. */
export class S3Bucket {
  /** As messages name it. */
  readonly location: string;
  readonly #settings: S3Settings;
  readonly #client: AwsClient;

  constructor(settings: S3Settings) {
    const { bucket, prefix, region, accessKeyId, secretAccessKey, sessionToken } = settings;
    this.#settings = settings;
    this.location = ['s3:/', bucket, ...prefix].join('/');
    this.#client = new AwsClient({
      ...{ accessKeyId, secretAccessKey, region, service: 's3', retries },
      ...(sessionToken && { sessionToken }),
    });
  }

  /**
   * @returns the answer, whose body is to be read or cancelled.
   * @throws {StoreError} the store refuses, or there is no answer.
   * @throws what the signal was aborted with.
   */
  async send(method: 'GET' | 'HEAD' | 'PUT', request: S3Request): Promise<Response> {
    const { name = [], query = {}, headers = {}, body, signal, expected = [] } = request;
    const { url, prefix } = this.#settings;
    const path = name.length > 0 ? [...prefix, ...name].map(encodeURIComponent).join('/') : '';
    const address = `${url}/${path}?${new URLSearchParams(query)}`.replace(/\?$/, '');
    const what = `${method} ${[this.location, ...name].join('/')}`;
    const timeout = AbortSignal.timeout(body ? uploadMs : answerMs);
    const response = await this.#client
      .fetch(address, {
        ...{ method, headers, redirect: 'manual' },
        ...(body && { body }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      })
      .catch((cause) => {
        signal?.throwIfAborted();
        throw new StoreError(what, { status: 0, cause });
      });
    const { ok, status } = response;
    if (ok || expected.includes(status)) return response;
    // The rest of the answer may name the key that has signed the request.
    const [, code] = /<Code>(\w{1,64})<\/Code>/.exec(await response.text().catch(() => '')) ?? [];
    throw new StoreError(what, { status, ...(code && { code }) });
  }

  /** @throws {BatchError} the bucket is not there, or may not be looked at. */
  async assertThere(): Promise<void> {
    const query = { 'list-type': '2', 'max-keys': '1' };
    try {
      await (await this.send('GET', { query })).body?.cancel();
    } catch (error) {
      // What passes is waited for when there is something to deliver.
      if (!StoreError.is(error) || error.retryable) return;
      throw new BatchError(
        `Cannot use "${this.location}": ${error.message} Check the bucket, the region, the endpoint and ` +
          'the credentials, which need the rights to list the bucket and to read and write objects.',
        { cause: error },
      );
    }
  }
}
