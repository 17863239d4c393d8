import type { Video } from '@sync3/sdk';
import type { DeliveredFile } from '../ledger/item.js';

/** Why nothing at all can be written for now. */
export interface Obstacle {
  /** `disk`: it is full. `output`: it is not there, may not be written to, or does not answer. */
  reason: 'disk' | 'output';
  /** What is wrong, what to do, and that the batch goes on by itself. */
  message: string;
}

/**
 * Where the results of a batch go: a folder, or a bucket of an S3-compatible store. Names are those of
 * the ledger, with `/`; each method refuses a name that leads out of the place.
 */
export interface OutputPlace {
  /** Where a result goes, as messages name it. */
  describe(name: string): string;

  /**
   * Makes the place when it is missing, and makes sure that it can be written to.
   *
   * @throws {BatchError} it cannot.
   */
  prepare(): Promise<void>;

  /**
   * The size of a result in bytes; `undefined` when nothing has its name.
   *
   * @throws {UnsafeOutputError} the name leads out of the place.
   * @throws what the place says, as when it is not there.
   */
  sizeOf(name: string): Promise<number | undefined>;

  /** SHA-256 of a result, in hex; `undefined` when nothing has its name. Throws as `sizeOf` does. */
  hash(name: string): Promise<string | undefined>;

  /**
   * Downloads a video to a name, where it appears complete or not at all. The same content there is
   * left as it is.
   *
   * @param isOurs whether what has the name is an earlier result of this item, which is replaced.
   * @throws {OutputExistsError} something else has the name.
   * @throws {UnsafeOutputError} the name leads out of the place.
   * @throws what `saveVideo` throws, and what the place says.
   */
  store(video: Video, name: string, isOurs: boolean, signal: AbortSignal): Promise<DeliveredFile>;

  /** What prevents every delivery, when an error says so; `undefined` when it is about one result. */
  obstacleOf(error: unknown): Promise<Obstacle | undefined>;
}
