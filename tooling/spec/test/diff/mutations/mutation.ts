import type { Group } from '../../../src/diff/change.ts';
import type { Bump } from '../../../src/releases.ts';
import type { Part } from '../document-parts.ts';

/** A change that Runware might make, and what users have to be told of it. */
export interface Mutation {
  /** What changes. */
  name: string;
  change: (document: Part) => void;
  /** The release past 1.0; `null` when nothing has changed. */
  bump: Bump | null;
  /** The packages that need a release, without their scope. */
  packages: string[];
  told: [Group, string][];
}
