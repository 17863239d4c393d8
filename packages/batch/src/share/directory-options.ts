import type { PgliteOptions } from '../database/pglite-database.js';

/** A PGlite directory, and how it is shared with other processes of this machine. */
export interface DirectoryOptions extends PgliteOptions {
  /**
   * - `own`: this process has the directory open itself, as a worker must, and serves it to others.
   *   It is refused while another process works.
   * - `visit`: this process uses the directory beside a worker, and gives it up to one that comes.
   *   `workOnBatch` refuses it.
   * - `any`: as `own` if that is possible, else as `visit`.
   *
   * @default 'any'
   */
  access?: 'own' | 'visit' | 'any';
}
