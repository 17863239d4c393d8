/**
 * Under this symbol a class tells its name: to other copies of the package, where `instanceof`
 * fails, and after a bundler has renamed it.
 */
export const kind = Symbol.for('@sync3/sdk/error');

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
  static readonly [kind]: string = 'Sync3Error';

  /**
   * The job this is about, where one exists. If it may have been accepted, ask for its results with
   * `tasks.attach(taskUUID)` instead of submitting again.
   */
  declare readonly taskUUID?: string;

  /** Whether the same call may succeed later without any change. */
  declare readonly retryable: boolean;

  constructor(message: string, { taskUUID, retryable = false, cause }: Sync3ErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target[kind];
    if (taskUUID) this.taskUUID = taskUUID;
    this.retryable = retryable;
  }

  /** Whether a value is an error of this class, from this copy of the package or another. */
  static is<E>(this: { prototype: E; [kind]: string }, value: unknown): value is E {
    let type: { [kind]?: string } | null | undefined = Object(value).constructor;
    // biome-ignore lint/complexity/noThisInStatic: each class looks for its own kind
    while (type && type[kind] !== this[kind]) type = Object.getPrototypeOf(type);
    return Boolean(type);
  }
}
