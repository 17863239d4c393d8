import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it goes over the wire. */
export interface RelayedRequest {
  tasks: { taskType: string; taskUUID: string; [name: string]: unknown }[];
  isDryRun: boolean;
}

/** What goes back in the place of the server's answer. */
export interface RelayedAnswer {
  status: number;
  text: string;
}

/**
 * Stands between a command and a mock server, and changes its answers.
 *
 * @returns what to give a command as its base URL.
 */
export async function startRelay(
  { url }: { url: string },
  change: (request: RelayedRequest, answer: RelayedAnswer) => RelayedAnswer,
): Promise<{ url: string }> {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces);
    const isDryRun = request.headers['x-runware-dry-run'] !== undefined;
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        authorization: `${request.headers.authorization}`,
        'content-type': 'application/json',
        ...(isDryRun && { 'x-runware-dry-run': '1' }),
      },
    });
    const tasks = JSON.parse(body.toString());
    const given = { status: answer.status, text: await answer.text() };
    const { status, text } = change({ tasks, isDryRun }, given);
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}
