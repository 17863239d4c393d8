import { sampleJob } from '../sample-job.js';
import type { Provocation } from './provocation.js';

/** What a `fetch` may throw, by where the key is in it. */
const causes: Record<string, (apiKey: string) => unknown> = {
  'in its message': (apiKey) => new TypeError(`bad header "Bearer ${apiKey}"`),
  'in its message but not in that of its cause': (apiKey) =>
    new TypeError(`bad header "Bearer ${apiKey}"`, { cause: new Error('invalid argument') }),
  'in the message of its cause': (apiKey) =>
    new TypeError('fetch failed', { cause: new Error(`bad header ${apiKey}`) }),
  'in the message of the cause of its cause': (apiKey) =>
    new TypeError('fetch failed', { cause: new Error('bad', { cause: new Error(apiKey) }) }),
  'in a property, as HTTP clients put the request there': (apiKey) =>
    Object.assign(new Error('socket hang up'), {
      config: { headers: { Authorization: `Bearer ${apiKey}` } },
    }),
  'in a property of its cause': (apiKey) =>
    new TypeError('fetch failed', {
      cause: Object.assign(new Error('invalid'), {
        headers: ['authorization', `Bearer ${apiKey}`],
      }),
    }),
  'in a hidden property': (apiKey) =>
    Object.defineProperty(new Error('socket hang up'), 'request', { value: { apiKey } }),
  'under a symbol': (apiKey) =>
    Object.assign(new Error('socket hang up'), { [Symbol('request')]: { apiKey } }),
  'in a Map': (apiKey) =>
    Object.assign(new Error('socket hang up'), { headers: new Map([['authorization', apiKey]]) }),
  'in its stack': (apiKey) =>
    Object.assign(new Error('socket hang up'), { stack: `Error\n    at send("${apiKey}")` }),
  'in one of several errors': (apiKey) => new AggregateError([new Error(apiKey)], 'fetch failed'),
  'in JSON': (apiKey) => new Error(`failed: ${JSON.stringify({ headers: { key: apiKey } })}`),
  'and is only a text': (apiKey) => `failed with ${apiKey}`,
  'and is no error': (apiKey) => ({ reason: apiKey }),
};

/** Requests that get no answer. */
export const failingConnections: Provocation[] = [
  ...Object.entries(causes).map(([place, causeOf]) => ({
    when: `fetch throws what has it ${place}`,
    raises: 'ConnectionError',
    async provoke({ client, apiKey }: Parameters<Provocation['provoke']>[0]) {
      const fetch = () => Promise.reject(causeOf(apiKey));
      return client({ fetch }).lipsync.submit(sampleJob);
    },
  })),
  {
    when: 'a body cannot be read, and the reason holds it',
    raises: 'ConnectionError',
    async provoke({ client, apiKey }) {
      const body = new ReadableStream({
        pull: (controller) => controller.error(new Error(`bad chunk after ${apiKey}`)),
      });
      return client({ fetch: async () => new Response(body) }).lipsync.submit(sampleJob);
    },
  },
  {
    when: 'the connection is refused',
    raises: 'ConnectionError',
    async provoke({ client }) {
      return client({ baseUrl: 'http://127.0.0.1:1/v1' }).lipsync.submit(sampleJob);
    },
  },
  {
    when: 'the connection is cut',
    raises: 'ConnectionError',
    async provoke({ serve }) {
      const sync3 = await serve((_, response) => response.destroy(), { auth: 'task' });
      return sync3.lipsync.submit(sampleJob);
    },
  },
  {
    when: 'no answer comes in time',
    raises: 'TimeoutError',
    async provoke({ serve }) {
      const sync3 = await serve(() => {}, { timeoutMs: 20 });
      return sync3.lipsync.submit(sampleJob);
    },
  },
  {
    when: 'a submit is aborted',
    raises: 'AbortError',
    async provoke({ serve }) {
      const controller = new AbortController();
      const sync3 = await serve(() => controller.abort());
      return sync3.lipsync.submit(sampleJob, { signal: controller.signal });
    },
  },
  {
    when: 'a wait is aborted',
    raises: 'AbortError',
    async provoke({ serve }) {
      const controller = new AbortController();
      const sync3 = await serve(() => controller.abort());
      return sync3.tasks.attach(crypto.randomUUID()).wait({ signal: controller.signal });
    },
  },
  {
    when: 'the function that gives it gives something unusable',
    async provoke({ client, apiKey }) {
      return client({ apiKey: () => `${apiKey} with blanks` }).lipsync.submit(sampleJob);
    },
  },
];
