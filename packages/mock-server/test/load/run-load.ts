import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ClientReport, LoadShape, Memory, ServerReport } from './shape.ts';

/** Between two looks at the server's memory, in ms. */
const memoryIntervalMs = 10_000;

/** What a run came to. */
export interface LoadRun {
  client: ClientReport;
  server: ServerReport;
  /** In order of time, as it came. */
  memory: Memory[];
  /** After a garbage collection: when the first minute was over, and at the end. */
  inUse: Memory[];
}

/** Puts a server under load: it and the client have a process each. Both are gone afterwards. */
export async function runLoad(shape: LoadShape): Promise<LoadRun> {
  const server = start('server-process.ts', [JSON.stringify(shape.jobDurationMs)]);
  let client: ChildProcess | undefined;
  try {
    const url = await answerFrom<string>(server);
    client = start('client-process.ts', [url, JSON.stringify(shape)]);
    const report = answerFrom<ClientReport>(client);
    let isOver = false;
    const end = report.finally(() => {
      isOver = true;
    });
    const memory: Memory[] = [];
    const inUse: Memory[] = [];
    while (!isOver) {
      const look = await ask<Memory>(server, 'memory');
      memory.push(look);
      // Once only: a collection stops the server for as long as a slow request takes.
      if (look.at > 60_000 && inUse.length === 0) inUse.push(await ask(server, 'memory in use'));
      await Promise.race([end, new Promise((resolve) => setTimeout(resolve, memoryIntervalMs))]);
    }
    const result = {
      client: await report,
      server: await ask<ServerReport>(server, 'report'),
      memory,
      inUse: [...inUse, await ask<Memory>(server, 'memory in use')],
    };
    server.send('close');
    await once(server, 'exit');
    return result;
  } finally {
    server.kill();
    client?.kill();
  }
}

function start(module: string, args: string[]): ChildProcess {
  const path = fileURLToPath(new URL(module, import.meta.url));
  return fork(path, args, { execArgv: ['--expose-gc'] });
}

function ask<Reply>(child: ChildProcess, question: string): Promise<Reply> {
  const answer = answerFrom<Reply>(child);
  child.send(question);
  return answer;
}

async function answerFrom<Reply>(child: ChildProcess): Promise<Reply> {
  const gone = new AbortController();
  const died = once(child, 'exit', { signal: gone.signal }).then(([code]) => {
    throw new Error(`${child.spawnargs[2]} ended with code ${code}`);
  });
  try {
    const [reply] = await Promise.race([once(child, 'message', { signal: gone.signal }), died]);
    return reply;
  } finally {
    died.catch(() => undefined);
    gone.abort();
  }
}
