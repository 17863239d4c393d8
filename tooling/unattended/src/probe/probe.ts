import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as MockServerPackage from '@sync3/mock-server';
import type * as SdkPackage from '@sync3/sdk';
import type { Part } from '../../../spec/test/diff/document-parts.ts';
import type { Json } from '../places.ts';
import type { Case } from '../try-case.ts';

/** A case as JSON carries it. */
export type Trial = Omit<Case, 'change' | 'says' | 'neverSays' | 'files' | 'filesNever'>;
export type MockServer = MockServerPackage.MockServer;

/** A copy of the repository after a change of the document, built. */
export interface Probe {
  root: string;
  /** A folder that is no part of the copy. */
  aside: string;
  /** Upstream's document as it was changed. */
  document: Part;
  trial: Trial;
  /** The packages as they were built there. */
  packages: {
    sdk(): Promise<typeof SdkPackage>;
    mockServer(): Promise<typeof MockServerPackage>;
  };
}

export function probeOf(root: string, aside: string, trial: Trial): Probe {
  const load = (name: string) => import(pathToFileURL(join(root, 'packages', name)).href);
  const upstream = join(root, 'openapi/upstream/sync-3.json');
  return {
    root,
    aside,
    document: JSON.parse(readFileSync(upstream, 'utf8')),
    trial,
    packages: {
      sdk: () => load('sdk/dist/index.js'),
      mockServer: () => load('mock-server/dist/index.js'),
    },
  };
}

/** Runs the command as it was built in the copy, against a mock server. */
export function runCommand(
  { root, aside }: Probe,
  mock: MockServer,
  parameters: string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const main = join(root, 'packages/cli/dist/main.js');
  const child = spawn(process.execPath, [main, ...parameters], {
    cwd: aside,
    env: {
      PATH: process.env['PATH'],
      RUNWARE_API_KEY: 'key-of-the-trial',
      RUNWARE_BASE_URL: mock.url,
    },
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text) => {
      output[name] += text;
    });
  }
  child.stdin.end();
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, ...output }));
  });
}

/** The jobs that a mock server was given since it had so many. */
export const wireTasks = (mock: MockServer, since: number): Json[] =>
  mock.tasks.slice(since).map(({ task }) => task as unknown as Json);
