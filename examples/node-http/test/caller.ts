import { Sync3 } from '@sync3/sdk';

/** Somebody who calls an application over HTTP, and keeps every answer. */
export class Caller {
  /** Headers and bodies. */
  readonly answers: string[] = [];
  readonly #url: string;
  #session = '';

  constructor(url: string) {
    this.#url = url;
  }

  async signIn(): Promise<void> {
    const response = await this.post('/sessions', {});
    ({ token: this.#session } = await response.json());
  }

  /** Asks with a session. */
  get(path: string): Promise<Response> {
    return this.ask(path, { headers: this.#credentials() });
  }

  /** Posts JSON, or a text as it is, with a session if there is one. */
  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.ask(path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { ...this.#credentials(), ...headers },
    });
  }

  /** Asks without a session. */
  ask(path: string, init: RequestInit = {}): Promise<Response> {
    return this.#fetch(new URL(path, this.#url), init);
  }

  /** The client in a browser. */
  client(session = this.#session): Sync3 {
    return new Sync3({
      baseUrl: `${this.#url}/api/sync3`,
      apiKey: session,
      fetch: this.#fetch,
      polling: { minIntervalMs: 50, maxIntervalMs: 200 },
    });
  }

  #credentials(): Record<string, string> {
    return this.#session ? { Authorization: `Bearer ${this.#session}` } : {};
  }

  readonly #fetch: typeof fetch = async (...request) => {
    const response = await fetch(...request);
    this.answers.push(JSON.stringify([...response.headers]) + (await response.clone().text()));
    return response;
  };
}
