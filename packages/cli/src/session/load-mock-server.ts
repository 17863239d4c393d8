import { CommandError } from '../command-error.js';
import { peerDependencies } from '../package-manifest.js';

const name = '@sync3/mock-server';

/**
 * Loads the mock server, an optional peer dependency: its codecs are 200 MB, which most who install
 * the command never use.
 *
 * @throws {CommandError} it is not installed.
 */
export async function loadMockServer(): Promise<typeof import('@sync3/mock-server')> {
  try {
    // Tells a mock server that is not there from one that cannot be loaded.
    import.meta.resolve(name);
  } catch (cause) {
    throw new CommandError(
      `${name} is not installed; --mock and sync3 mock need it.`,
      `npm install "${name}@${peerDependencies[name]}", with --global if sync3 was installed with it`,
      'badInput',
      cause,
    );
  }
  return import('@sync3/mock-server');
}
