import type { AddressInfo } from 'node:net';
import { createServer, connect as reach, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way to a server that can swallow everything, as a host that hangs does: TCP notices nothing. */
export interface FreezingRelay {
  /** The URL of the server, by this way. */
  url: string;
  /** From now on it takes everything, new connections too, and passes nothing on. */
  freeze(): void;
  /** New connections reach the server again; those that were swallowed stay so. */
  thaw(): void;
}

export async function startFreezingRelay(serverUrl: string): Promise<FreezingRelay> {
  const target = new URL(serverUrl);
  let isFrozen = false;
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    near.on('error', () => {});
    open.add(near);
    if (isFrozen) {
      near.resume();
      return;
    }
    const far = reach(Number(target.port), target.hostname);
    open.add(far);
    far.on('error', () => near.destroy());
    near.on('end', () => isFrozen || far.end());
    near.on('data', (data) => isFrozen || far.write(data));
    far.on('data', (data) => isFrozen || near.write(data));
    near.on('close', () => far.destroy());
    far.on('close', () => isFrozen || near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const url = new URL(serverUrl);
  url.port = `${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    freeze() {
      isFrozen = true;
    },
    thaw() {
      isFrozen = false;
      // What was lost on the way of these is not made up for.
      for (const socket of open) socket.destroy();
    },
  };
}
