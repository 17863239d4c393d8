import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../../packages/mock-server/test/free-port.ts';

/** An application in a process of its own. */
export interface Application {
  url: string;
  /** Everything that it has printed. */
  output(): string;
  close(): Promise<void>;
}

/** Runs Node in a folder, with the environment of this process but for what tests and users set. */
export function spawnNode(folder: string, args: string[], environment: Record<string, string>) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(NODE_ENV$|VITEST|RUNWARE_|SYNC3_|PUBLIC_URL$)/.test(name),
  );
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...environment },
  });
  process.once('exit', () => child.kill());
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return { child, output: () => output };
}

/** @throws {Error} with what it printed, when the application ends instead of answering. */
export async function startApplication(
  folder: string,
  args: string[],
  environment: Record<string, string>,
): Promise<Application> {
  // Known beforehand, as it is part of the URL that Runware is to call.
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { child, output } = spawnNode(folder, args, { ...environment, PORT: `${port}` });
  while (!(await isAnswering(url))) {
    if (hasEnded(child)) throw new Error(`The application has ended:\n${output()}`);
    await pause(50);
  }
  return {
    url,
    output,
    async close() {
      if (hasEnded(child)) return;
      const ended = once(child, 'close');
      child.kill();
      await ended;
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function isAnswering(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
