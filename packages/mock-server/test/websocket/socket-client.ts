import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';

/** A frame, parsed. The tests look into it without knowing it. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Frame = any;

/** A client that sends and reads frames as they are. */
export async function connect(url: string, options: WebSocket.ClientOptions = {}) {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), options);
  onTestFinished(() => socket.terminate());
  const frames: string[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    frames.push(String(data));
    wake();
  });
  const closed = once(socket, 'close').then(([code, reason]) => {
    wake();
    return { code, reason: String(reason) };
  });
  await once(socket, 'open');
  const next = async (): Promise<string> => {
    for (;;) {
      const frame = frames.shift();
      if (frame !== undefined) return frame;
      if (socket.readyState === WebSocket.CLOSED) throw new Error('the connection was closed');
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const client = {
    socket,
    closed,
    /** The next frame, as text. */
    next,
    send: (tasks: unknown) =>
      socket.send(typeof tasks === 'string' ? tasks : JSON.stringify(tasks)),
    /** Sends tasks and gives the next frame. */
    async ask(tasks: unknown): Promise<Frame> {
      client.send(tasks);
      return JSON.parse(await next());
    },
    /** Authenticates, and gives the session. */
    async enter(connectionSessionUUID?: string): Promise<string> {
      const session = connectionSessionUUID && { connectionSessionUUID };
      const { data } = await client.ask([
        { taskType: 'authentication', apiKey: 'key', ...session },
      ]);
      return data[0].connectionSessionUUID;
    },
  };
  return client;
}
