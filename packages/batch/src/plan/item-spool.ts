import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Values that a memory would not hold, in a temporary file that only this user can read. */
export class ItemSpool<Value> {
  readonly #directory: string;
  readonly #path: string;

  private constructor(directory: string) {
    this.#directory = directory;
    this.#path = join(directory, 'items.jsonl');
  }

  static async open<Value>(): Promise<ItemSpool<Value>> {
    return new ItemSpool(await mkdtemp(join(tmpdir(), 'sync3-estimate-')));
  }

  /** Keeps all values. @returns how many there are. */
  async write(values: AsyncIterable<Value>): Promise<number> {
    let count = 0;
    async function* lines() {
      for await (const value of values) {
        count += 1;
        yield `${JSON.stringify(value)}\n`;
      }
    }
    await pipeline(Readable.from(lines()), createWriteStream(this.#path, { mode: 0o600 }));
    return count;
  }

  /** The values as they were written. */
  async *read(): AsyncGenerator<Value, void, undefined> {
    const lines = createInterface({ input: createReadStream(this.#path), crlfDelay: Infinity });
    for await (const line of lines) yield JSON.parse(line) as Value;
  }

  /** Removes the file. */
  async close(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }
}
