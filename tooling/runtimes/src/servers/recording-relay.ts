import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands before a server, passes on every byte and keeps it. */
export interface RecordingRelay {
  origin: string;
  /** All that went through, both ways, connection by connection. */
  recorded(): string;
  close(): void;
}

/** @param origin the server's. */
export async function startRecordingRelay(origin: string): Promise<RecordingRelay> {
  const chunks: Buffer[][] = [];
  const sockets: Socket[] = [];
  const pass = (from: Socket, to: Socket) => {
    const recording: Buffer[] = [];
    chunks.push(recording);
    sockets.push(from);
    from.on('data', (chunk) => recording.push(chunk));
    from.pipe(to);
    // One that breaks off breaks the other off, too.
    from.on('error', () => to.destroy()).on('close', () => to.destroy());
  };
  const relay = createServer((socket) => {
    const { port, hostname } = new URL(origin);
    const upstream = connect(Number(port), hostname);
    pass(socket, upstream);
    pass(upstream, socket);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  return {
    origin: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    recorded: () => chunks.map((recording) => Buffer.concat(recording).toString()).join('\n'),
    close() {
      relay.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
