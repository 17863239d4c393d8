import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServerParts } from './servers/application.ts';

/** What a server uses of the package that is installed in a project. */
export async function serverParts(project: string): Promise<ServerParts> {
  const entry = pathToFileURL(join(project, 'suite/server-parts.js')).href;
  return import(/* @vite-ignore */ entry);
}
