/** Marks our errors across copies of the package, where `instanceof` fails. */
const lineage = Symbol.for('@sync3/sdk/errors');

/** What every error of this package carries beside its message. */
export interface Sync3ErrorOptions {
  taskUUID?: string | undefined;
  retryable?: boolean | undefined;
  cause?: unknown;
}

/**
 * The base of every error this package throws. Tell them apart by `name`, or by the guard that every
 * class has, which also works between two copies of the package: `RateLimitError.is(error)`.
 */
export class Sync3Error extends Error {
  /** The name of the class, also where a bundler has renamed it. */
  static readonly kind: string = 'Sync3Error';

  /**
   * The job this is about, where one exists. If it may have been accepted, ask for its results with
   * `tasks.attach(taskUUID)` instead of submitting again.
   */
  readonly taskUUID?: string;

  /** Whether the same call may succeed later without any change. */
  readonly retryable: boolean;

  constructor(message: string, { taskUUID, retryable = false, cause }: Sync3ErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    const kinds: string[] = [];
    for (let type = new.target; type.kind; type = Object.getPrototypeOf(type)) {
      kinds.push(type.kind);
    }
    Object.defineProperty(this, 'name', { value: new.target.kind });
    Object.defineProperty(this, lineage, { value: kinds });
    if (taskUUID !== undefined) this.taskUUID = taskUUID;
    this.retryable = retryable;
  }

  /** Whether a value is an error of this class, from this copy of the package or another. */
  static is<E>(this: { prototype: E; kind: string }, value: unknown): value is E {
    const kinds: unknown = (value as { [lineage]?: unknown } | null | undefined)?.[lineage];
    // biome-ignore lint/complexity/noThisInStatic: each class looks for its own kind
    return Array.isArray(kinds) && kinds.includes(this.kind);
  }
}
