import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { CommandError } from '../command-error.js';

/**
 * Loads the mock server, an optional peer dependency: its codecs are 200 MB, which most who install
 * the command never use.
 *
 * @throws {CommandError} it is not installed.
 */
export async function loadMockServer(): Promise<typeof import('@sync3/mock-server')> {
  try {
    // Tells a mock server that is not there from one that cannot be loaded.
    import.meta.resolve('@sync3/mock-server');
  } catch (cause) {
    throw new CommandError(
      '@sync3/mock-server is not installed; --mock and sync3 mock need it.',
      `npm install "${fittingMockServer()}", with --global if sync3 was installed with it`,
      'badInput',
      cause,
    );
  }
  return import('@sync3/mock-server');
}

/** The mock server as npm is asked for it. */
function fittingMockServer(): string {
  const manifest = readFileSync(findPackageJSON('..', import.meta.url) ?? '', 'utf8');
  return `@sync3/mock-server@${JSON.parse(manifest).peerDependencies['@sync3/mock-server']}`;
}
