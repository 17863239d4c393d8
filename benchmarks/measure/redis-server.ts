import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../packages/mock-server/test/free-port.ts';

/** A Redis server of the benchmark's own, on 127.0.0.1. */
export interface RedisServer {
  port: number;
  stop(): void;
}

/**
 * Starts Redis, which writes every change to its log, as a queue that must lose nothing needs it.
 *
 * @returns `undefined` where Redis is not installed.
 */
export async function startRedis(): Promise<RedisServer | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'sync3-redis-'));
  const port = await freePort();
  const settings = ['--bind', '127.0.0.1', '--dir', directory, '--appendonly', 'yes'];
  const server = spawn('redis-server', ['--port', `${port}`, ...settings], { stdio: 'ignore' });
  const isThere = await answers(server, port);
  const stop = () => {
    server.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  };
  if (isThere) return { port, stop };
  stop();
  return undefined;
}

async function answers(server: ChildProcess, port: number): Promise<boolean> {
  let isGone = false;
  server.once('error', () => {
    isGone = true;
  });
  server.once('exit', () => {
    isGone = true;
  });
  while (!isGone) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('close', () => socket.destroy());
      socket.once('connect', () => socket.end());
    });
    if (isOpen) return true;
    await sleep(50);
  }
  return false;
}
