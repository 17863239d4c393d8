import { baseUrl as standardUrl } from '@sync3/generated/constants';
import { HttpResponse, http, type RequestHandler } from 'msw';
import { type MockServerOptions, resolveOptions } from '../options.js';
import { type MockState, openCore, withState } from '../server-core.js';
import type { StoredFile } from '../storage/stored-file.js';
import { answerFile } from './answer-file.js';
import { answerPost } from './answer-post.js';

/** How handlers are set up: as a mock server is, less what is about its port. */
export interface MockHandlersOptions
  extends Omit<
    MockServerOptions,
    'port' | 'host' | 'allowedHosts' | 'requestTimeoutMs' | 'socketIdleMs'
  > {
  /** The address that is intercepted. @default 'https://api.runware.ai/v1' */
  baseUrl?: string;
}

/** Handlers for MSW, and the state behind them. */
export interface MockHandlers extends MockState {
  /** For `setupServer(...handlers)` of `msw/node`. */
  readonly handlers: RequestHandler[];
  /** Ends all jobs and removes all files. */
  close(): Promise<void>;
}

/**
 * Makes MSW handlers of the emulator, for tests in Node whose application calls the real address: no
 * port, no change of configuration. Jobs, money, faults, Prism and real media are those of the mock
 * server. Results have URLs at the same host, which are intercepted, too.
 *
 * `saveVideo` of `@sync3/sdk/node` has connections of its own, which MSW does not see: give it
 * `{ fetch }`.
 *
 * They run in Node, where Prism and the codecs are. A test in a browser uses `startMockServer`, or
 * `setupServer` in the process that serves its page.
 *
 * @throws {Error} an option makes no sense.
 *
 * @example
 * const mock = await mockHandlers({ jobDurationMs: 0 });
 * const server = setupServer(...mock.handlers);
 * beforeAll(() => server.listen());
 * afterAll(async () => {
 *   server.close();
 *   await mock.close();
 * });
 * test('a clip is dubbed', async () => {
 *   await dubClip(new Sync3({ apiKey: 'any' })); // calls https://api.runware.ai/v1
 *   expect(mock.stats.charged).toBe(1);
 * });
 */
export async function mockHandlers(options: MockHandlersOptions = {}): Promise<MockHandlers> {
  const { baseUrl = standardUrl, ...others } = options;
  const address = baseUrl.replace(/\/+$/, '');
  const { origin } = new URL(address);
  const urlOf = ({ name }: StoredFile) => `${origin}/files/${name}`;
  const core = await openCore(resolveOptions(others), urlOf);
  const handlers = [
    http.post(address, ({ request }) => answerPost(core.api, request)),
    http.get<{ name: string }>(`${origin}/files/:name`, ({ params }) =>
      answerFile(core.media.byName(params.name), core.api.profile.expiredURLStatus),
    ),
    http.all(`${origin}/*`, () => HttpResponse.json({ errors: [] }, { status: 404 })),
  ];
  return withState({ handlers, close: core.close }, core.state);
}
