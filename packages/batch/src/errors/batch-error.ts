import { Sync3Error } from '@sync3/sdk';

/** The symbol under which the classes of `@sync3/sdk` tell their names, so that `is` knows ours. */
export const kind = Symbol.for('@sync3/sdk/error');

/** The base of every error of this package. `BatchError.is(error)` also knows it from other copies. */
export class BatchError extends Sync3Error {
  static readonly [kind]: string = 'BatchError';

  constructor(message: string, options?: ConstructorParameters<typeof Sync3Error>[1]) {
    super(message, options);
    // The SDK's constructor reads the name under its own symbol, which is this one.
    this.name = new.target[kind];
  }
}
