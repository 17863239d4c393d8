import { keyRemover } from '@sync3/sdk/node';

/** A shorter key is no secret, and would be found within other words. */
const shortest = 8;
/** How many keys are remembered; the oldest is forgotten first. */
const most = 100;

/** The API keys that requests have come with, so that nothing that is shown repeats one. */
export class Secrets {
  readonly #removers = new Map<string, (text: string) => string>();

  constructor(apiKeys: string[] = []) {
    for (const key of apiKeys) this.#remember(key);
  }

  /** Learns the keys of a request from its header and from its authentication tasks. */
  learn(authorization: string | undefined, tasks: unknown[]): void {
    this.#remember(authorization?.replace(/^Bearer +/i, ''));
    for (const task of tasks.slice(0, most)) {
      this.#remember((task as { apiKey?: unknown } | null)?.apiKey);
    }
  }

  /** The text, with every key in it replaced, also where it stands escaped or in base64. */
  conceal(text: string): string {
    let concealed = text;
    for (const remove of this.#removers.values()) concealed = remove(concealed);
    return concealed;
  }

  #remember(key: unknown): void {
    if (typeof key !== 'string' || key.length < shortest || this.#removers.has(key)) return;
    this.#removers.set(key, keyRemover(key));
    const [oldest = ''] = this.#removers.keys();
    if (this.#removers.size > most) this.#removers.delete(oldest);
  }
}
