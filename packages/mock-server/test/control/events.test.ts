import { describe, expect, onTestFinished, test } from 'vitest';
import { job, settled, start } from '../api/start.js';
import { askControl } from './ask.js';

/** Reads the event stream of a server until it is told to stop. */
async function listen(url: string) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const response = await fetch(new URL('/__mock/events', url), { signal: stop.signal });
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into them
  const events: any[] = [];
  const reading = (async () => {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      events.push(...parts.map((part) => JSON.parse(part.replace(/^data: /, ''))));
    }
  })().catch(() => {});
  return { response, events, reading, stop: () => stop.abort() };
}

describe('/__mock/events', () => {
  test('begins with what there is, and goes on with what changes', async () => {
    const { mock, post } = await start();
    const [first, second] = [job(), job()];
    await post([first]);
    await settled(post, first.taskUUID);
    const { response, events } = await listen(mock.url);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await expect.poll(() => events).toHaveLength(1);
    expect(events[0].rows).toMatchObject([{ taskUUID: first.taskUUID, state: 'error' }]);
    await post([second]);
    await settled(post, second.taskUUID);
    const last = () => events.at(-1);
    await expect
      .poll(() => last().rows)
      .toMatchObject([{ taskUUID: second.taskUUID, state: 'error', settled: 1, results: 1 }]);
    expect(last().version).toBeGreaterThan(events[0].version);
    await expect.poll(() => last().stats).toEqual(mock.stats);
  });

  test('ends when the server closes', async () => {
    const { mock } = await start();
    const { reading } = await listen(mock.url);
    await mock.close();
    await reading;
  });

  test('is refused when twenty are open, and given again when one has ended', async () => {
    const { mock } = await start();
    const open = await Promise.all(Array.from({ length: 20 }, () => listen(mock.url)));
    expect((await askControl(mock.url, 'events')).status).toBe(503);
    open[0]?.stop();
    await expect
      .poll(async () => {
        const { response } = await listen(mock.url);
        return response.status;
      })
      .toBe(200);
  });
});

describe('/__mock/changes', () => {
  const changes = async (url: string, since = 0) =>
    (await askControl(url, `changes?since=${since}`)).body;

  test('tells what has changed since a version', async () => {
    const { mock, post } = await start();
    const task = job();
    await post([task]);
    await settled(post, task.taskUUID);
    const { version, rows, server } = await changes(mock.url);
    expect(rows).toHaveLength(1);
    expect(await changes(mock.url, version)).toMatchObject({ server, version, rows: [] });
    await post([task]);
    const later = await changes(mock.url, version);
    expect(later.rows).toMatchObject([
      { state: 'refused', taskUUID: task.taskUUID, detail: expect.stringMatching(/^conflictTask/) },
      { state: 'error', taskUUID: task.taskUUID },
    ]);
  });

  test('tells of a job when a fault has struck a poll for it', async () => {
    const { mock, post } = await start();
    const task = job();
    await post([task]);
    await settled(post, task.taskUUID);
    const { version } = await changes(mock.url);
    mock.faults.add({ on: 'poll', kind: 'status', status: 503 });
    await post([{ taskType: 'getResponse', taskUUID: task.taskUUID }]);
    const { rows } = await changes(mock.url, version);
    expect(rows).toMatchObject([{ id: `task ${task.taskUUID}` }]);
  });

  test('has a line for a request that no job came of, and none for a poll', async () => {
    const { mock, post } = await start();
    await post('{');
    await post([job({ colour: 'blue' })]);
    await post([{ taskType: 'getResponse', taskUUID: job().taskUUID }]);
    mock.faults.add({ on: 'submit', kind: 'status', status: 503 });
    await post([job()]);
    const { rows } = await changes(mock.url);
    expect(rows).toMatchObject([
      { id: 'request 1', state: 'refused', detail: 'invalidJSON: The request body is not JSON.' },
      { id: 'request 2', state: 'refused', title: 'videoInference' },
      { id: 'request 4', state: 'lost', detail: 'status' },
    ]);
  });
});
