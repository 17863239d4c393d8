import { describe, expect, test } from 'vitest';
import { ApiError, AuthenticationError, ConnectionError, Sync3 } from '../../src/index.js';
import { quickPolling, sampleJob } from '../sample-job.js';
import {
  acknowledgement,
  type Script,
  sendJson,
  startScriptedServer,
  success,
} from './scripted-server.js';

const text =
  (body: string, status = 200, type = 'application/json'): Script =>
  (_, response) => {
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  };

const garbage: [string, Script][] = [
  ['a web page', text('<html>Please wait</html>', 200, 'text/html')],
  ['cut JSON', text('{"data":[{"taskType"')],
  ['nothing', text('')],
  ['null', text('null')],
  ['a number', text('7')],
  ['a list', text('[{"taskUUID":"x"}]')],
  ['an empty object', text('{}')],
  ['rows that are no objects', text('{"data":[1,null,"x",[]]}')],
  ['rows of odd types', text('{"data":[{"taskUUID":7,"status":{}}]}')],
  ['data that is a string', text('{"data":"x"}')],
  ['a page with status 502', text('<html>Bad gateway</html>', 502, 'text/html')],
];

describe('a server that answers every submit with', () => {
  test.each(garbage)('%s: a typed error with the taskUUID', async (_, script) => {
    const server = await startScriptedServer(script);
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', maxRetries: 0 });
    const error = await sync3.lipsync.run(sampleJob).catch((caught) => caught);
    expect(ConnectionError.is(error) || ApiError.is(error)).toBe(true);
    expect(error.taskUUID).toBe(server.requests[0]?.tasks[0]?.taskUUID);
  });
});

describe('a server that answers some polls with', () => {
  test.each(garbage)('%s: the wait goes on to the result', async (_, script) => {
    let polls = 0;
    const server = await startScriptedServer((request, response) => {
      const [task] = request.tasks;
      if (!task) throw new Error('no task');
      if (task.taskType === 'videoInference') {
        sendJson(response, 200, { data: [acknowledgement(task)] });
      } else if (++polls <= 3) script(request, response);
      else sendJson(response, 200, { data: [success(task.taskUUID)] });
    });
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', polling: quickPolling });
    const { videos } = await sync3.lipsync.run(sampleJob);
    expect(videos).toHaveLength(1);
    expect(polls).toBe(4);
  });
});

describe('a submit answered by', () => {
  const submit = async (status: number, body: (taskUUID: string) => unknown) => {
    const server = await startScriptedServer(({ tasks: [task] }, response) => {
      sendJson(response, status, body(task?.taskUUID ?? ''));
    });
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'secret-key', maxRetries: 0 });
    return sync3.lipsync.submit(sampleJob).catch((caught) => caught);
  };

  test('200 with errors is an ApiError', async () => {
    const error = await submit(200, (taskUUID) => ({
      errors: [{ code: 'invalidParameter', message: 'Bad.', parameter: 'inputs.video', taskUUID }],
    }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 200,
      code: 'invalidParameter',
      parameter: 'inputs.video',
    });
  });

  test('400 with the accepted row in data is accepted', async () => {
    const task = await submit(400, (taskUUID) => ({
      data: [{ taskType: 'videoInference', taskUUID }],
      errors: [{ code: 'x', message: 'about another task', taskUUID: crypto.randomUUID() }],
    }));
    expect(task).not.toBeInstanceOf(Error);
  });

  test('a single error under the old name "error" is an ApiError', async () => {
    const error = await submit(400, () => ({ error: { code: 'invalidModel', message: 'No.' } }));
    expect(error).toMatchObject({ name: 'ApiError', code: 'invalidModel' });
  });

  test('an error that is a sentence is an ApiError', async () => {
    const error = await submit(400, () => ({ errors: ['No.'] }));
    expect(error.message).toContain('No.');
  });

  test('several errors: all are kept, with a parameter that is a list', async () => {
    const error = await submit(400, () => ({
      errors: [
        { code: 'conflictParameters', message: 'Both.', parameter: ['a', 'b'] },
        { code: 'missingParameter', message: 'None.' },
      ],
    }));
    expect(error.errors).toHaveLength(2);
    expect(error.parameter).toBe('a,b');
  });

  test('401 that repeats the key: the key is in no part of the error', async () => {
    const error = await submit(401, () => ({
      errors: [{ code: 'invalidApiKey', message: 'The key secret-key is wrong.' }],
    }));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(JSON.stringify([error, error.message, error.raw, error.errors])).not.toContain(
      'secret-key',
    );
  });
});
