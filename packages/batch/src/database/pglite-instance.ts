import type { PGlite } from '@electric-sql/pglite';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { faultOf } from './faults.js';
import { isBreaking, pgliteFailure } from './pglite-faults.js';
import { startPglite } from './start-pglite.js';

/** The PGlite instance of a directory. It is started anew after a fault that has broken it. */
export class PgliteInstance {
  readonly #directory: string;
  #current: PGlite;
  #isBroken = false;
  #isClosed = false;
  #restart: Promise<PGlite> | undefined;

  private constructor(directory: string, first: PGlite) {
    this.#directory = directory;
    this.#current = first;
  }

  /** @throws {DatabaseUnavailableError} it cannot be started. */
  static async start(directory: string): Promise<PgliteInstance> {
    return new PgliteInstance(directory, await start(directory, false));
  }

  get current(): PGlite {
    return this.#current;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** @throws {DatabaseUnavailableError} a fault of the database; else what `act` throws. */
  async use<Value>(act: (pglite: PGlite) => Promise<Value>): Promise<Value> {
    const pglite = await this.#working();
    try {
      return await act(pglite);
    } catch (error) {
      if (isBreaking(error) && pglite === this.#current) this.#isBroken = true;
      // It waited for its turn, which never came.
      const isReplaced = !this.#isClosed && (pglite.closed || pglite !== this.#current);
      if (isReplaced && Object(error).code === undefined) {
        throw new DatabaseUnavailableError('The database was started again after a fault.', {
          cause: error,
          isOutcomeUnknown: true,
        });
      }
      throw pgliteFailure(this.#directory, error);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#restart?.catch(() => {});
    if (!this.#current.closed) await this.#current.close();
  }

  async #working(): Promise<PGlite> {
    if (!this.#isBroken) return this.#current;
    this.#restart ??= this.#replace().finally(() => {
      this.#restart = undefined;
    });
    return this.#restart;
  }

  /** Where it fails, as on a full disk, the next use tries once more. */
  async #replace(): Promise<PGlite> {
    // What it cannot write as it closes is in its log, and is carried out again from there.
    if (!this.#current.closed) await this.#current.close().catch(() => {});
    this.#current = await start(this.#directory, true);
    this.#isBroken = false;
    return this.#current;
  }
}

/** @param isRestart whether it has worked before: what prevents it now may pass. */
async function start(directory: string, isRestart: boolean): Promise<PGlite> {
  try {
    return await startPglite(directory);
  } catch (cause) {
    const fault = faultOf(cause);
    const { message, code } = Object(cause);
    // PGlite itself does not say what has kept it from starting.
    const told = fault
      ? `The database ${fault.told}`
      : 'Its disk may be full, or the limit of file handles low (ulimit -n).';
    throw new DatabaseUnavailableError(
      `Cannot open the database in "${directory}": ${message || code}. ${told}`,
      { cause, code, retryable: isRestart || fault?.treatment === 'repeat' },
    );
  }
}
