/** A shorter key is no secret, and would be found within other words. */
const shortest = 8;
/** How many keys are remembered; the oldest is forgotten first. */
const most = 100;

/** The API keys that requests have come with, so that nothing that is shown repeats one. */
export class Secrets {
  readonly #keys = new Set<string>();

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

  /** The text, with every key in it replaced. */
  conceal(text: string): string {
    let concealed = text;
    for (const key of this.#keys) concealed = concealed.replaceAll(key, '[API key]');
    return concealed;
  }

  #remember(key: unknown): void {
    if (typeof key !== 'string' || key.length < shortest || this.#keys.has(key)) return;
    this.#keys.add(key);
    const [oldest = ''] = this.#keys;
    if (this.#keys.size > most) this.#keys.delete(oldest);
  }
}
