import type { Stage } from './stage.js';

/** One way in which an error arises while the API key is near. */
export interface Provocation {
  /** Completes "neither the error nor a hook shows the key when …". */
  when: string;
  /** The name of the error, unless it does not matter. */
  raises?: string;
  /** Does what fails. */
  provoke(stage: Stage): Promise<unknown>;
}
