import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** An answer of an endpoint under `/__mock/`. */
export interface ControlAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into it
  body: any;
}

/** What is sent besides the name. */
interface Asked {
  method?: string;
  /** Sent as JSON, unless it is a text. */
  body?: unknown;
  /** Even those that `fetch` does not let a program set, such as `Host`. */
  headers?: Record<string, string>;
}

/** Asks an endpoint of the server whose API is at `url`. */
export async function askControl(
  url: string,
  name: string,
  { method = 'GET', body, headers = {} }: Asked = {},
): Promise<ControlAnswer> {
  const sent = request(new URL(`/__mock/${name}`, url), { method, headers, agent: false });
  sent.end(typeof body === 'string' ? body : JSON.stringify(body));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const answer = await text(response);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: answer,
    body: response.headers['content-type'] === 'application/json' ? JSON.parse(answer) : undefined,
  };
}
