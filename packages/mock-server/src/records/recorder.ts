import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedResponse } from '../contract/contract-check.js';
import type { Secrets } from '../control/secrets.js';
import type { Element, ExchangeRecord } from './record.js';

/** Longest text that is kept as it is, in characters; of a longer one, such as a file, its digest. */
const longestText = 4_096;
/** Exchanges that a folder takes. */
const mostRecords = 10_000;

/** Writes each exchange into a folder, in the order of the answers: `000001-videoInference.json`. */
export class Recorder {
  readonly #folder: string;
  readonly #secrets: Secrets;
  #count: number;
  #last: Promise<void> = Promise.resolve();
  #hasFailed = false;

  private constructor(folder: string, secrets: Secrets, count: number) {
    this.#folder = folder;
    this.#secrets = secrets;
    this.#count = count;
  }

  /**
   * Opens a folder; what is in it stays, and numbers go on.
   *
   * @throws {Error} the folder cannot be written.
   */
  static async open(folder: string, secrets: Secrets): Promise<Recorder> {
    await mkdir(folder, { recursive: true });
    const numbers = (await readdir(folder)).map((name) => Number.parseInt(name, 10) || 0);
    return new Recorder(folder, secrets, Math.max(0, ...numbers));
  }

  /** Writes an exchange; a body that is no list of tasks is none. */
  record(
    body: unknown,
    isDryRun: boolean,
    { status, headers, body: answer }: PlannedResponse,
  ): void {
    if (!Array.isArray(body) || this.#count >= mostRecords) return;
    const tasks = body.filter(
      (task): task is Element => typeof task === 'object' && task?.taskType !== 'authentication',
    );
    const retryAfter = headers?.['retry-after'];
    const record: ExchangeRecord = {
      version: 1,
      at: new Date().toISOString(),
      isDryRun,
      request: tasks,
      status,
      ...(retryAfter !== undefined && { retryAfter }),
      answer: answer as ExchangeRecord['answer'],
    };
    this.#count += 1;
    const [first] = tasks;
    const kind = String(first?.['taskType'] ?? 'empty')
      .replace(/\W/g, '')
      .slice(0, 40);
    const name = `${String(this.#count).padStart(6, '0')}-${kind}.json`;
    const shortened = JSON.stringify(record, (_, value) => digestOfLong(value), 2);
    const text = this.#secrets.conceal(shortened);
    this.#last = this.#last
      .then(() => this.#write(name, `${text}\n`))
      .catch((error: Error) => this.#tell(error));
  }

  /** Resolves when all that was recorded is written, or cannot be. */
  close(): Promise<void> {
    return this.#last;
  }

  /** Answers are not held back for a full disk; a record with gaps is told of once. */
  #tell(error: Error): void {
    if (!this.#hasFailed) console.error(`An exchange was not recorded: ${error.message}`);
    this.#hasFailed = true;
  }

  async #write(name: string, text: string): Promise<void> {
    const path = join(this.#folder, name);
    await writeFile(`${path}.partial`, text, { mode: 0o600 });
    await rename(`${path}.partial`, path);
  }
}

/** A long text, such as a file in base64, as its digest: enough to know it again. */
export function digestOfLong(value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= longestText) return value;
  return `sha256:${createHash('sha256').update(value).digest('hex')}`;
}
