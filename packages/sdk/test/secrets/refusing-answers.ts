import { sendJson } from '../http/scripted-server.js';
import { sampleJob } from '../sample-job.js';
import type { Provocation } from './provocation.js';

/** Statuses with the error that a caller gets. */
const statuses = [
  [400, 'ApiError'],
  [401, 'AuthenticationError'],
  [402, 'InsufficientCreditsError'],
  [403, 'PermissionDeniedError'],
  [404, 'ApiError'],
  [429, 'RateLimitError'],
  [500, 'ServerError'],
  [503, 'ServerError'],
] as const;

/** Bodies of a server that tells what it was sent, by what is told. */
const bodies: Record<string, (apiKey: string) => unknown> = {
  'in the message of an error': (apiKey) => ({
    errors: [{ code: 'refusedRequest', message: `The key ${apiKey} is wrong.` }],
  }),
  'in every field of an error': (apiKey) => ({
    errors: [
      {
        code: apiKey,
        message: apiKey,
        parameter: [apiKey],
        documentation: `https://runware.ai/docs?key=${apiKey}`,
        allowedValues: [[apiKey]],
        context: { headers: { authorization: `Bearer ${apiKey}` } },
      },
    ],
  }),
  'in a field that is called taskUUID': (apiKey) => ({
    errors: [{ code: 'unauthorized', message: 'No.', context: { taskUUID: apiKey } }],
  }),
  'as the name of a field': (apiKey) => ({
    errors: [{ code: 'unknownKey', message: 'No.', context: { [apiKey]: true } }],
  }),
  'in an error that is a sentence': (apiKey) => ({ error: `Wrong key: ${apiKey}` }),
  'beside the errors': (apiKey) => ({
    errors: [{ code: 'unauthorized', message: 'No.' }],
    request: { headers: { authorization: `Bearer ${apiKey}` } },
  }),
  'in JSON within JSON': (apiKey) => ({
    errors: [{ code: 'unauthorized', message: JSON.stringify([{ apiKey }]) }],
  }),
  'in what is no answer of the API': (apiKey) => [`Bearer ${apiKey}`],
};

function refusal(when: string, status: number, raises: string, place: string): Provocation {
  return {
    when,
    raises,
    async provoke({ serve, apiKey }) {
      const sync3 = await serve((_, response) => {
        sendJson(response, status, bodies[place]?.(apiKey));
      });
      return sync3.lipsync.submit(sampleJob);
    },
  };
}

/** Refusals that repeat the key. */
export const refusingAnswers: Provocation[] = [
  ...statuses.map(([status, raises]) =>
    refusal(`HTTP ${status} repeats it`, status, raises, 'in the message of an error'),
  ),
  ...Object.keys(bodies).map((place) =>
    refusal(`HTTP 401 repeats it ${place}`, 401, 'AuthenticationError', place),
  ),
  {
    when: 'it is repeated in JSON whose slashes are escaped, as PHP does',
    raises: 'AuthenticationError',
    async provoke({ serve, apiKey }) {
      const errors = [{ code: 'invalidApiKey', message: `The key ${apiKey} is wrong.` }];
      const sync3 = await serve((_, response) => {
        response.writeHead(401).end(JSON.stringify({ errors }).replaceAll('/', '\\/'));
      });
      return sync3.lipsync.submit(sampleJob);
    },
  },
  {
    when: 'it is repeated in JSON whose equals signs are escaped, as Gson does',
    raises: 'AuthenticationError',
    async provoke({ serve, apiKey }) {
      const errors = [{ code: 'invalidApiKey', message: `The key ${apiKey} is wrong.` }];
      const sync3 = await serve((_, response) => {
        response.writeHead(401).end(JSON.stringify({ errors }).replaceAll('=', '\\u003d'));
      });
      return sync3.lipsync.submit(sampleJob);
    },
  },
  {
    when: 'a web page repeats it',
    raises: 'PermissionDeniedError',
    async provoke({ serve, apiKey }) {
      const sync3 = await serve((_, response) => {
        response.writeHead(403).end(`<html>Authorization: Bearer ${apiKey}</html>`);
      });
      return sync3.lipsync.submit(sampleJob);
    },
  },
  {
    when: 'headers and the reason phrase repeat it',
    raises: 'AuthenticationError',
    async provoke({ serve, apiKey }) {
      const sync3 = await serve((_, response) => {
        const headers = { 'www-authenticate': `Bearer ${apiKey}`, 'x-request': apiKey };
        response.writeHead(401, `Wrong: ${apiKey}`, headers).end();
      });
      return sync3.lipsync.submit(sampleJob);
    },
  },
  {
    when: 'the body of a request is repeated, with it as the first task',
    raises: 'ApiError',
    async provoke({ serve }) {
      const sync3 = await serve(
        ({ tasks }, response) => {
          const errors = [{ code: 'invalidRequest', message: 'No.', request: tasks }];
          sendJson(response, 400, { errors });
        },
        { auth: 'task' },
      );
      return sync3.lipsync.submit(sampleJob);
    },
  },
  {
    when: 'an answer with HTTP 200 is nothing else',
    raises: 'ConnectionError',
    async provoke({ serve, apiKey }) {
      const sync3 = await serve((_, response) => response.end(apiKey));
      return sync3.media.upload(new Blob(['abc']));
    },
  },
  {
    when: 'a look at a job is refused with it in the place of a taskUUID',
    raises: 'ApiError',
    async provoke({ serve, apiKey }) {
      const errors = [{ code: 'taskNotFound', message: 'No.', taskUUID: apiKey }];
      const sync3 = await serve((_, response) => sendJson(response, 400, { errors }));
      return sync3.tasks.status(crypto.randomUUID());
    },
  },
  {
    when: 'a wait is refused again and again',
    raises: 'PermissionDeniedError',
    async provoke({ serve, apiKey }) {
      const errors = [{ code: 'forbidden', message: `Not with ${apiKey}.` }];
      const sync3 = await serve((_, response) => sendJson(response, 403, { errors }));
      return sync3.tasks.attach(crypto.randomUUID()).wait();
    },
  },
  {
    when: 'every request is answered with a conflict',
    raises: 'ApiError',
    async provoke({ serve, apiKey }) {
      const errors = [{ code: 'conflictTaskUUID', message: `In use by ${apiKey}.` }];
      const sync3 = await serve((_, response) => sendJson(response, 400, { errors }));
      return sync3.lipsync.submit(sampleJob);
    },
  },
  {
    when: 'the UUID is in use, and the archive holds it',
    raises: 'ConflictError',
    async provoke({ serve, apiKey }) {
      const sync3 = await serve(({ tasks: [task] }, response) => {
        const row = { ...task, status: 'processing', request: [{ apiKey }], response: { apiKey } };
        sendJson(response, 200, { data: [row] });
      });
      return sync3.lipsync.submit(sampleJob, { idempotencyKey: 'order-1' });
    },
  },
];
