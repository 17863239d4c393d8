import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  /** The body, parsed when it is JSON. */
  readonly body: unknown;
}

/** A connection of which every byte is the test's own. */
export async function openSocket(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  // A connection that the server resets is one of the ways in which it may close it.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Everything that is answered before the server closes the connection. */
export async function answersUntilClose(socket: Socket): Promise<RawAnswer[]> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await Promise.race([once(socket, 'end'), once(socket, 'close')]);
  socket.destroy();
  return splitAnswers(Buffer.concat(chunks).toString());
}

/** Sends bytes and gives everything that is answered before the server closes the connection. */
export async function exchange(port: number, bytes: string | Buffer): Promise<RawAnswer[]> {
  const socket = await openSocket(port);
  socket.write(bytes);
  return answersUntilClose(socket);
}

function splitAnswers(text: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = text;
  while (rest !== '') {
    const [head = '', ...tail] = rest.split('\r\n\r\n');
    const body = tail.join('\r\n\r\n');
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1];
    if (status === undefined) throw new Error(`This is no answer: ${JSON.stringify(rest)}`);
    if (/^HTTP\/1\.1 1/.test(head)) {
      rest = body;
      continue;
    }
    const isChunked = /transfer-encoding: chunked/i.test(head);
    const length = isChunked
      ? Number.parseInt(body, 16)
      : Number(/content-length: (\d+)/i.exec(head)?.[1] ?? body.length);
    const start = isChunked ? body.indexOf('\r\n') + 2 : 0;
    answers.push({ status: Number(status), body: JSON.parse(body.slice(start, start + length)) });
    rest = isChunked ? body.slice(start + length + '\r\n0\r\n\r\n'.length) : body.slice(length);
  }
  return answers;
}
