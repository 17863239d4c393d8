import { ConnectionError, TimeoutError } from '../errors/connection-error.js';
import type { Sync3ErrorOptions } from '../errors/sync3-error.js';
import { abortable, delay, onAbortOrTimeout } from '../wire/abort.js';
import { failureReason } from '../wire/failure-reason.js';
import { readRetryAfter, retryDelay } from '../wire/retry-delay.js';
import {
  isEncoded,
  notAVideoBy,
  readContentRange,
  readLength,
  readValidator,
} from './answer-headers.js';
import { type FileResponse, type GetOptions, get } from './get.js';
import { PrivateRedirect } from './lookup-public-host.js';
import { isVideo, signatureLength } from './video-signature.js';

/** How often the rest of a file is asked for after its connection broke. */
const mostResumptions = 8;
/** Refusals that have to do with the moment, and not with the URL. */
const passingRefusals = new Set([408, 421, 425, 429]);

/** Where the bytes go. */
export interface Destination {
  append(bytes: Uint8Array): Promise<void>;
  /** Removes everything that was appended. */
  clear(): Promise<void>;
}

/** A download with every default filled in. */
export interface DownloadSettings extends Pick<GetOptions, 'fetch' | 'allowPrivateRedirects'> {
  url: string;
  taskUUID: string | undefined;
  signal: AbortSignal | undefined;
  timeoutMs: number;
  totalTimeoutMs: number;
  maxBytes: number;
  onProgress: ((progress: { receivedBytes: number; totalBytes?: number }) => unknown) | undefined;
}

/** A failure after which the rest of the file can be asked for. */
class Interruption extends Error {
  readonly failure: ConnectionError;
  readonly retryAfterMs: number;

  constructor(failure: ConnectionError, retryAfterMs = 0) {
    super(failure.message);
    this.failure = failure;
    this.retryAfterMs = retryAfterMs;
  }
}

/** One file on its way, over as many connections as it takes. */
export class Download {
  readonly #settings: DownloadSettings;
  readonly #destination: Destination;
  /** Fires with the error that ends the download. */
  readonly #end = new AbortController();

  #receivedBytes = 0;
  /** The beginning of the file, until it is long enough to tell a video by it. */
  #head = Buffer.alloc(0);
  #totalBytes: number | undefined;
  /** Names the version of the file that is being received; absent when the host has no ranges. */
  #validator: string | undefined;

  constructor(settings: DownloadSettings, destination: Destination) {
    this.#settings = settings;
    this.#destination = destination;
  }

  /**
   * @returns the size of the file in bytes.
   * @throws {ConnectionError} the download failed.
   * @throws {AbortError} as soon as the signal fires.
   * @throws what the destination and `onProgress` throw.
   */
  async run(): Promise<number> {
    const { signal, taskUUID, totalTimeoutMs } = this.#settings;
    const leave = onAbortOrTimeout(
      (aborted) => this.#end.abort(aborted ?? this.#late(`it took more than ${totalTimeoutMs} ms`)),
      signal,
      taskUUID,
      totalTimeoutMs,
    );
    try {
      for (let resumptions = 0; ; resumptions++) {
        try {
          await this.#receive();
          return this.#receivedBytes;
        } catch (error) {
          if (!(error instanceof Interruption)) throw error;
          const canResume = this.#validator !== undefined && this.#receivedBytes > 0;
          if (!canResume || resumptions === mostResumptions) throw error.failure;
          await this.#unlessEnded(
            delay(retryDelay(resumptions, error.retryAfterMs), this.#end.signal),
          );
        }
      }
    } finally {
      leave();
      // Ends a body that nobody reads.
      this.#end.abort();
    }
  }

  /** Receives the file, or what is missing of it, over one connection. */
  async #receive(): Promise<void> {
    const answer = await this.#fromHost(this.#ask());
    const isPart = this.#receivedBytes > 0 && [206, 416].includes(answer.status);
    if (isPart && !this.#continues(answer)) {
      answer.discard();
      await this.#startAnew();
      return this.#receive();
    }
    if (answer.status === 200) {
      if (this.#receivedBytes > 0) await this.#startAnew();
      this.#totalBytes = readLength(answer.headers);
      this.#validator = readValidator(answer.headers);
    } else if (!isPart) throw this.#statusError(answer);
    this.#checkHeaders(answer);
    await this.#readBody(answer);
    this.#checkEnd();
  }

  #ask(): Promise<FileResponse> {
    const { url, fetch, allowPrivateRedirects } = this.#settings;
    // Of a compressed body no part could be asked for.
    const headers: Record<string, string> = { 'accept-encoding': 'identity' };
    if (this.#receivedBytes > 0 && this.#validator !== undefined) {
      headers['range'] = `bytes=${this.#receivedBytes}-`;
      headers['if-range'] = this.#validator;
    }
    return get(url, { signal: this.#end.signal, headers, fetch, allowPrivateRedirects });
  }

  /** Whether a part is the rest of what has been received, and not of another version. */
  #continues({ status, headers }: FileResponse): boolean {
    const range = readContentRange(headers);
    if (status !== 206 || range?.start !== this.#receivedBytes || isEncoded(headers)) return false;
    const etag = headers.get('ETag');
    const isOtherVersion =
      etag !== null && this.#validator?.startsWith('"') && etag !== this.#validator;
    this.#totalBytes ??= range.totalBytes;
    // Without a length nobody knows whether this part is the last.
    if (this.#totalBytes === undefined) return false;
    return !isOtherVersion && (range.totalBytes ?? this.#totalBytes) === this.#totalBytes;
  }

  async #startAnew(): Promise<void> {
    await this.#destination.clear();
    this.#receivedBytes = 0;
    this.#head = Buffer.alloc(0);
    this.#totalBytes = undefined;
    this.#validator = undefined;
  }

  #checkHeaders({ headers }: FileResponse): void {
    const reason = notAVideoBy(headers);
    if (reason) throw this.#notAVideo(reason);
    const { maxBytes } = this.#settings;
    const total = this.#totalBytes ?? 0;
    if (total > maxBytes) throw this.#tooLarge(`it has ${total} bytes`);
  }

  async #readBody({ body }: FileResponse): Promise<void> {
    const { maxBytes, onProgress } = this.#settings;
    const pieces = body[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await this.#fromHost(pieces.next());
      if (done) return;
      if (this.#receivedBytes + value.length > maxBytes) throw this.#tooLarge('it is longer');
      this.#look(value);
      await this.#destination.append(value);
      this.#receivedBytes += value.length;
      const totalBytes = this.#totalBytes;
      await onProgress?.({
        receivedBytes: this.#receivedBytes,
        ...(totalBytes !== undefined && { totalBytes }),
      });
    }
  }

  /** Looks at the first bytes as soon as they are there, however small the pieces are. */
  #look(piece: Uint8Array): void {
    const missing = signatureLength - this.#head.length;
    if (missing === 0) return;
    this.#head = Buffer.concat([this.#head, piece.subarray(0, missing)]);
    if (this.#head.length === signatureLength) this.#checkHead();
  }

  #checkHead(): void {
    if (!isVideo(this.#head)) throw this.#notAVideo('it begins with other bytes than a video');
  }

  #checkEnd(): void {
    const bytes = this.#receivedBytes;
    if (bytes === 0 || bytes !== (this.#totalBytes ?? bytes)) {
      const reason = `${bytes} of ${this.#totalBytes ?? 'unknown'} bytes came`;
      throw new Interruption(this.#failure(reason));
    }
    this.#checkHead();
  }

  /** Waits for the host, but not for longer than it may be silent; also when a `fetch` ignores its signal. */
  async #fromHost<Value>(work: Promise<Value>): Promise<Value> {
    const { timeoutMs } = this.#settings;
    const onSilence = () => this.#end.abort(this.#late(`nothing came for ${timeoutMs} ms`));
    const timer = setTimeout(onSilence, timeoutMs);
    try {
      return await this.#unlessEnded(abortable(work, this.#end.signal));
    } catch (cause) {
      if (this.#end.signal.aborted) throw cause;
      if (cause instanceof PrivateRedirect) throw this.#privateRedirect(cause);
      throw new Interruption(this.#failure(failureReason(cause), { cause }));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Fails with what has ended the download. */
  async #unlessEnded<Value>(work: Promise<Value>): Promise<Value> {
    try {
      return await work;
    } catch (error) {
      throw this.#end.signal.aborted ? this.#end.signal.reason : error;
    }
  }

  #failure(reason: string, options: Sync3ErrorOptions = {}): ConnectionError {
    return new ConnectionError(message(reason), { ...this.#errorOptions(), ...options });
  }

  #late(reason: string): TimeoutError {
    return new TimeoutError(message(reason), this.#errorOptions());
  }

  #errorOptions(): Sync3ErrorOptions {
    return { taskUUID: this.#settings.taskUUID, advice: 'Call again.' };
  }

  #statusError({ status, headers }: FileResponse): Error {
    const reason = `HTTP ${status}`;
    if (status >= 400 && status < 500 && !passingRefusals.has(status)) {
      const { taskUUID } = this.#settings;
      const ask = `tasks.status(${taskUUID ? `'${taskUUID}'` : 'taskUUID'})`;
      const advice = `Its URL may have expired: ask for a fresh URL with ${ask}.`;
      return this.#failure(reason, { code: 'urlRefused', retryable: false, advice });
    }
    const retryAfterMs = readRetryAfter(headers.get('Retry-After'));
    return new Interruption(this.#failure(reason), retryAfterMs);
  }

  #notAVideo(reason: string): ConnectionError {
    const advice = 'Call again. If it stays so, a proxy or a login page may stand before the host.';
    return this.#failure(`it is not a video: ${reason}`, { code: 'notAVideo', advice });
  }

  #tooLarge(reason: string): ConnectionError {
    return this.#failure(`${reason}, more than maxBytes (${this.#settings.maxBytes}) allows`, {
      code: 'videoTooLarge',
      retryable: false,
      advice: 'Set a larger maxBytes if the video may be so long.',
    });
  }

  #privateRedirect(cause: PrivateRedirect): ConnectionError {
    const reason = `it was redirected to the private address ${cause.message}`;
    return this.#failure(reason, {
      code: 'privateRedirect',
      retryable: false,
      advice: 'If that is as it should be, set allowPrivateRedirects.',
      cause,
    });
  }
}

function message(reason: string): string {
  return `The download of the video failed: ${reason}.`;
}
