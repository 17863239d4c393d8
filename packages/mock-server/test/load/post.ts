import { type Agent, request } from 'node:http';

/** What the API answered. A connection that failed has the status 0. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a server sent
  body: { data?: any[]; errors?: any[] };
}

/** POSTs tasks with little effort: the client shares the processors with the server. */
export function post(url: string, agent: Agent, tasks: object[]): Promise<Answer> {
  const body = Buffer.from(JSON.stringify(tasks));
  const headers = {
    authorization: 'Bearer load',
    'content-type': 'application/json',
    'content-length': body.length,
  };
  return new Promise((resolve) => {
    const fail = () => resolve({ status: 0, body: {} });
    const outgoing = request(url, { method: 'POST', agent, headers }, async (response) => {
      try {
        const text = Buffer.concat(await response.toArray()).toString();
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
      } catch {
        fail();
      }
    });
    outgoing.on('error', () => {
      // The server closed it in the moment it was used again: nothing of the request has been read.
      if (outgoing.reusedSocket) void post(url, agent, tasks).then(resolve);
      else fail();
    });
    outgoing.end(body);
  });
}
