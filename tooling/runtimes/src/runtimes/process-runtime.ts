import { copyFile, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from '../run-process.ts';
import { sampleMedia } from '../servers/sample-media.ts';
import { startTestServer } from '../servers/test-server.ts';
import { directPlace } from './place.ts';
import type { Report, Runtime, Surroundings } from './runtime.ts';

/**
 * A runtime that runs a script as a program.
 *
 * @param commandFor what goes before the script, given the folder that it may use.
 */
export function processRuntime(
  name: string,
  identity: RegExp,
  commandFor: (project: string) => string[],
): Runtime {
  async function run({ project, mockUrl, apiKey }: Surroundings): Promise<Report> {
    const folder = await mkdtemp(join(project, 'files-'));
    const server = await startTestServer(apiKey);
    try {
      const place = directPlace(server.origin, mockUrl, apiKey);
      const voicePath = join(folder, 'line.wav');
      await copyFile(sampleMedia['line-short.wav'], voicePath);
      const given = { ...place, folder, media: { ...place.media, voicePath } };
      const [command = '', ...options] = commandFor(project);
      const script = [join(project, 'suite/main.js'), JSON.stringify(given)];
      const output = await runProcess(command, [...options, ...script], project);
      return JSON.parse(output.trim().split('\n').at(-1) ?? '');
    } finally {
      server.close();
    }
  }

  return { name, identity, hasFiles: true, ownChecks: [], run };
}
