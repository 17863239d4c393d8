import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Finding, MockServerOptions, MockStats } from '@sync3/mock-server';

const script = fileURLToPath(new URL('serve.js', import.meta.url));

/** What a server says of itself. */
interface Report {
  stats: MockStats;
  violations: Finding[];
  /** Properties of `Object.prototype`; more than usual when a body has got at it. */
  objectKeys: number;
}

/** A mock server in a process of its own, so that a test can tell when it dies. */
export class ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #errors: () => string;

  private constructor(child: ChildProcess, url: string, errors: () => string) {
    this.#child = child;
    this.url = url;
    this.port = Number(new URL(url).port);
    this.#errors = errors;
  }

  /** @param maxHeapMegabytes more memory than this, and the process dies. */
  static async start(options: MockServerOptions, maxHeapMegabytes = 256): Promise<ServerProcess> {
    const execArgv = [`--max-old-space-size=${maxHeapMegabytes}`];
    const child = fork(script, [JSON.stringify(options)], { execArgv, silent: true });
    let errors = '';
    child.stderr?.on('data', (chunk) => {
      errors += chunk;
    });
    child.stdout?.resume();
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    return new ServerProcess(child, url, () => errors);
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it has written to its error output. */
  get errors(): string {
    return this.#errors();
  }

  async report(): Promise<Report> {
    if (!this.isAlive) throw new Error(`The server has died.\n${this.errors}`);
    const answer = once(this.#child, 'message');
    this.#child.send('report');
    const [report] = await answer;
    return report as Report;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
