import type { Part } from '../../spec/test/diff/document-parts.ts';
import type { Json } from './places.ts';

/** A property that a change adds, and how it is used. */
export interface NewProperty {
  /** Names from the task's root; `[]` stands for an element of a list. */
  path: readonly string[];
  /** A job without it that breaks no rule. */
  job: Json;
  legal: readonly unknown[];
  illegal: readonly unknown[];
  /** A value that its type does not take. */
  wrongType?: unknown;
  /** Whether it has one value, so that an option of the command and a column of a CSV hold it. */
  isScalar: boolean;
}

type Bump = 'major' | 'minor' | 'patch';

/** A change of upstream's document, and what it must come to. */
export interface Case {
  name: string;
  /** Changes the document in place. */
  change(document: Part): void;
  /** The weight of the change; `null`: nothing to release. Several: each will do. */
  bump: Bump | null | readonly (Bump | null)[];
  /** What the changelog says. */
  says?: readonly (string | RegExp)[];
  /** What it must not say. */
  neverSays?: readonly (string | RegExp)[];
  /** Checked everywhere where a parameter stands. */
  properties?: readonly NewProperty[];
  /** Jobs that the schema takes now, and such as it takes no longer. */
  legal?: readonly Json[];
  illegal?: readonly Json[];
  /** Statements that must compile, and such as must not; `job(...)` takes the parameters of a job. */
  compiles?: readonly string[];
  miscompiles?: readonly string[];
  /** What files say after the update, by path; and what they must not say. */
  files?: Readonly<Record<string, readonly (string | RegExp)[]>>;
  filesNever?: Readonly<Record<string, readonly (string | RegExp)[]>>;
  /** What every job has on the wire, by name. */
  onWire?: Json;
  /** Where the client sends its requests. */
  baseUrl?: string;
  /** What a person is told: each of these stands in what the update leaves for people. */
  leftForPeople?: readonly (string | RegExp)[];
  /** The change is not taken by itself: it is proposed as a draft, or is an issue. */
  isHeldBack?: boolean;
  /** A batch that was planned before the change knows its items after it. */
  knowsPlannedItems?: boolean;
}

/** Something that a change should have come to and has not. */
export interface Finding {
  /** The check, in a word: `rules`, `types`, `option` … */
  check: string;
  message: string;
}
