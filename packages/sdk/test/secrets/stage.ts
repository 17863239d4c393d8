import { type ClientOptions, Sync3 } from '../../src/index.js';
import { type Script, startScriptedServer } from '../http/scripted-server.js';
import { quickPolling } from '../sample-job.js';

/** An ordinary key, and one with the other signs of a Bearer token, which JSON may escape. */
export const keys = ['rw-0123456789abcdef', 'rw_0.1~2+3/4/5-6=='];

/** A client that uses the key, and everything that the client has told of it so far. */
export interface Stage {
  apiKey: string;
  /** A client of a server that follows a script. */
  serve(script: Script, options?: ClientOptions): Promise<Sync3>;
  /** A client with a `fetch` of its own. */
  client(options: ClientOptions): Sync3;
  /** Events of all hooks. */
  events: unknown[];
}

/** A stage for one test. */
export function setStage(apiKey: string): Stage {
  const events: unknown[] = [];
  const record = (event: unknown) => events.push(event);
  const hooks = {
    onRequest: record,
    onResponse: record,
    onRetry: record,
    onPoll: record,
    onWarning: record,
  };
  const client = (options: ClientOptions) =>
    new Sync3({
      apiKey,
      maxRetries: 1,
      polling: { ...quickPolling, timeoutMs: 2000 },
      hooks,
      beforeSubmit: record,
      ...options,
    });
  return {
    apiKey,
    events,
    client,
    async serve(script, options = {}) {
      const { url } = await startScriptedServer(script);
      return client({ baseUrl: url, ...options });
    },
  };
}
