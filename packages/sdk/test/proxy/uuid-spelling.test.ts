import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createProxyHandler, mediaUUIDsOf, type ProxyTask } from '../../src/proxy/index.js';
import { detailsQuestion, job, question, removal, runwareKey, serveProxy } from './serve-proxy.js';

const uuid = '0f8f2f0a-5d0c-4c9d-9a54-2f5f1c0b6e55';
const another = 'c1b5a6f0-0f6b-4f0e-8a39-d2f1f4a7be01';
const third = 'e7d0a3c2-9b1d-4e5f-b7aa-61c0de5fab12';
const storedInputs = { inputs: { video: uuid, audio: another } };
const segment = { startTime: 0, endTime: 1 };
const segments = {
  inputs: { video: uuid },
  settings: { segments: [another, third].map((audio) => ({ ...segment, audio })) },
};
const uploadOfUuid = { ...removal, operation: 'upload', media: uuid };

/** Writes every UUID of a value in another spelling; `taskUUID` only with its letters changed. */
function respell(value: unknown, spell: (uuid: string, name: string) => string): unknown {
  const pattern = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
  return JSON.parse(JSON.stringify(value), (name, held) =>
    typeof held === 'string' && pattern.test(held) ? spell(held, name) : held,
  );
}

const asUrn = (prefix: string) => (text: string, name: string) =>
  name === 'taskUUID' ? text : prefix + text;

describe('the application and the API get the lower-case UUID without urn:uuid:', () => {
  const places: [string, object][] = [
    ['of a job', job],
    ['of a question', question],
    ['of a question for details', detailsQuestion],
    ['of a stored file that is deleted', removal],
    ['of a stored file that is stored again', uploadOfUuid],
    ['of stored inputs', { ...job, ...storedInputs }],
    ['of segments', { ...job, ...segments }],
  ];
  const spellings: [string, (uuid: string, name: string) => string][] = [
    ['upper case', (text) => text.toUpperCase()],
    ['urn:uuid:', asUrn('urn:uuid:')],
    ['URN:UUID: and upper case', (text, name) => asUrn('URN:UUID:')(text.toUpperCase(), name)],
  ];

  test.each(
    places.flatMap(([place, task]) =>
      spellings.map(([name, spell]) => [place, name, task, spell] as const),
    ),
  )('%s, given in %s', async (_, __, task, spell) => {
    const authorize = vi.fn((___: Request, ____: readonly ProxyTask[]) => true);
    const { ask, requests } = await serveProxy({ authorize });
    expect((await ask([respell(task, spell)])).status).toBe(200);
    expect(authorize.mock.calls[0]?.[1]).toEqual([task]);
    expect(requests[0]?.tasks).toEqual([task]);
  });

  test('in any mixture of cases', async () => {
    const tasks = [job, { ...job, ...segments, taskUUID: uuid }, removal, question];
    const digits = fc.infiniteStream(fc.boolean());
    const check = fc.asyncProperty(digits, fc.constantFrom('', 'urn:uuid:'), async (cases, urn) => {
      const sent: unknown[] = [];
      const handler = createProxyHandler({
        apiKey: runwareKey,
        authorize: (_, seen) => sent.push(seen) > 0,
        fetch: async (_, init) => {
          sent.push(JSON.parse(`${init?.body}`));
          return Response.json({ data: [] });
        },
      });
      const mixed = (text: string, name: string) =>
        asUrn(urn)(
          text.replace(/./g, (digit) => (cases.next().value ? digit.toUpperCase() : digit)),
          name,
        );
      const body = JSON.stringify(respell(tasks, mixed));
      await handler(new Request('http://a.example', { method: 'POST', body }));
      expect(sent).toEqual([tasks, tasks]);
    });
    await fc.assert(check, { numRuns: 50 });
  });

  test('and texts that only hold a UUID stay as they are', async () => {
    const inputs = { video: `https://A.example/${uuid.toUpperCase()}`, audio: 'data:,URN' };
    const { ask, requests } = await serveProxy();
    await ask([{ ...job, inputs }]);
    expect(requests[0]?.tasks).toEqual([{ ...job, inputs }]);
  });
});

// The answer names the bare UUID, in which the caller would not find the one that was asked about.
test.each([
  ['a job', job],
  ['a question', question],
  ['a question for details', detailsQuestion],
  ['a removal', removal],
])('the taskUUID of %s is refused with urn:uuid:', async (_, task) => {
  const authorize = vi.fn(() => true);
  const { ask, requests } = await serveProxy({ authorize });
  const taskUUID = `urn:uuid:${task.taskUUID}`;
  const answer = await ask([{ ...task, taskUUID }]);
  expect(answer.status).toBe(400);
  await expect(answer.json()).resolves.toMatchObject({
    errors: [{ code: 'invalidParameter', parameter: 'taskUUID', taskUUID }],
  });
  expect(authorize).not.toHaveBeenCalled();
  expect(requests).toEqual([]);
});

test.each<[string, object, string[]]>([
  ['its inputs', { ...job, ...storedInputs }, [uuid, another]],
  ['its segments', { ...job, ...segments }, [uuid, another, third]],
  ['no URL', job, []],
  ['nothing that is no text', { ...job, inputs: { video: [uuid], audio: 7 } }, []],
  ['what it deletes', { ...removal, media: uuid }, [uuid]],
  ['what it stores again', uploadOfUuid, [uuid]],
  ['nothing of a question', question, []],
])('mediaUUIDsOf a task tells the stored files that it names: %s', (_, task, expected) => {
  expect(mediaUUIDsOf(task as ProxyTask)).toEqual(expected);
});
