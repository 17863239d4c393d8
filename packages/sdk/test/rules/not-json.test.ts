import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { model } from '@sync3/generated/constants';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LipsyncParams, Sync3, ValidationError } from '../../src/index.js';
import { prepareTask } from '../../src/lipsync/prepare-task.js';
import { cooperative, startScriptedServer } from '../http/scripted-server.js';
import { quickPolling } from '../sample-job.js';

const video = 'https://example.com/talk.mp4';
const audio = 'https://example.com/line.wav';
const inputs = { video, audio };

/** The one issue for which the parameters are refused. */
function issueOf(params: unknown) {
  try {
    prepareTask(params as LipsyncParams);
  } catch (error) {
    if (!ValidationError.is(error)) throw error;
    expect(error.issues).toHaveLength(1);
    return error.issues[0];
  }
  throw new Error('The parameters were taken.');
}

class Upload {
  get video() {
    return video;
  }
}

const cyclic: Record<string, unknown> = { video };
cyclic['audio'] = { again: [cyclic] };
const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
// biome-ignore lint/suspicious/noSparseArray: that is what is refused
const sparse = [0, , 64, 64];

const bytes = ['new Blob([bytes])', 'file(path)'];
const refused: [what: string, path: string, params: unknown, says: string[]][] = [
  [
    'a Buffer',
    '/inputs/video',
    { inputs: { video: Buffer.alloc(8), audio } },
    ['Buffer', ...bytes],
  ],
  [
    'a typed array',
    '/inputs/audio',
    { inputs: { video, audio: new Float32Array(2) } },
    ['Float32Array', ...bytes],
  ],
  [
    'a DataView',
    '/inputs/audio',
    { inputs: { video, audio: new DataView(new ArrayBuffer(2)) } },
    ['DataView', ...bytes],
  ],
  [
    'an ArrayBuffer',
    '/inputs/video',
    { inputs: { video: new ArrayBuffer(8), audio } },
    ['ArrayBuffer', ...bytes],
  ],
  [
    'a SharedArrayBuffer',
    '/inputs/video',
    { inputs: { video: new SharedArrayBuffer(8), audio } },
    ['SharedArrayBuffer', ...bytes],
  ],
  [
    'a web stream',
    '/inputs/video',
    { inputs: { video: new Blob(['x']).stream(), audio } },
    ['ReadableStream', ...bytes],
  ],
  [
    'a Response',
    '/inputs/video',
    { inputs: { video: new Response('x'), audio } },
    ['Response', ...bytes],
  ],
  ['a Promise', '/inputs/video', { inputs: { video: Promise.resolve(video), audio } }, ['Promise']],
  ['a Date', '/ttl', { inputs, ttl: new Date(0) }, ['Date']],
  ['a Map', '/settings', { inputs, settings: new Map([['syncMode', 'remap']]) }, ['Map']],
  [
    'a Set',
    '/settings/segments',
    { inputs: { video }, settings: { segments: new Set() } },
    ['Set'],
  ],
  ['a class instance with getters', '/inputs', { inputs: new Upload() }, ['Upload']],
  [
    'a class instance in the place of the parameters',
    '',
    new (class {
      inputs = inputs;
    })(),
    ['The task'],
  ],
  ['an object that inherits its data', '/inputs', { inputs: Object.create(inputs) }, []],
  ['a boxed string', '/inputs/video', { inputs: { video: new String(video), audio } }, ['String']],
  [
    'an object of a class without a name',
    '/inputs/video',
    { inputs: { video: new (class {})(), audio } },
    [],
  ],
  [
    'a constructor that is no function',
    '/inputs',
    { inputs: Object.create({ constructor: Symbol('x') }) },
    [],
  ],
  ['a function', '/inputs/video', { inputs: { video: () => video, audio } }, ['function']],
  ['a symbol', '/seed', { inputs, seed: Symbol('seed') }, ['symbol']],
  ['a bigint', '/ttl', { inputs, ttl: 60n }, ['bigint']],
  [
    'NaN',
    '/settings/segments/0/startTime',
    { inputs: { video }, settings: { segments: [{ startTime: Number.NaN }] } },
    ['NaN'],
  ],
  ['Infinity', '/ttl', { inputs, ttl: Infinity }, ['Infinity']],
  [
    'a hole in a list',
    '/settings/activeSpeakerDetection/boundingBoxes/0/1',
    { inputs, settings: { activeSpeakerDetection: { boundingBoxes: [sparse] } } },
    ['undefined'],
  ],
  [
    'a list of nothing but holes',
    '/settings/segments/0',
    { inputs: { video }, settings: { segments: new Array(4_000_000_000) } },
    [],
  ],
  [
    'undefined in a list',
    '/settings/segments/1',
    { inputs: { video }, settings: { segments: [{}, undefined] } },
    ['undefined'],
  ],
  ['an object that contains itself', '/inputs/audio/again/0', { inputs: cyclic }, ['itself']],
  ['lists in lists without end', `/seed${'/0'.repeat(99)}`, { inputs, seed: deep }, ['100']],
  ['a name with slashes and tildes', '/a~1b~0c', { inputs, 'a/b~c': new Map() }, []],
];

describe('a value that cannot be JSON is refused', () => {
  test.each(refused)('%s', (_, path, params, says) => {
    const issue = issueOf(params);
    expect(issue).toMatchObject({ rule: 'not-json', path, severity: 'error', origin: 'docs' });
    const place = path.slice(1).replaceAll('/', '.');
    for (const part of [place || 'The task', ...says]) expect(issue?.message).toContain(part);
  });

  test('a Node stream, which is left alone', async () => {
    const stream = createReadStream(fileURLToPath(import.meta.url));
    const issue = issueOf({ inputs: { video: stream, audio } });
    for (const part of ['ReadStream', ...bytes]) expect(issue?.message).toContain(part);
    expect(stream.readableFlowing).toBe(null);
    stream.destroy();
  });

  test('bytes are not written out, however many there are', () => {
    const buffer = Object.assign(Buffer.alloc(300 * 2 ** 20), {
      toJSON() {
        throw new Error('The bytes were written out.');
      },
    });
    expect(issueOf({ inputs: { video: buffer, audio } })?.path).toBe('/inputs/video');
  });

  test('before anything is sent, and the error names the task', async () => {
    const server = await startScriptedServer(cooperative);
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', polling: quickPolling });
    const taskUUID = crypto.randomUUID();
    const params = { taskUUID, inputs: { video: Buffer.alloc(5 * 2 ** 20), audio } } as never;
    for (const call of [
      () => sync3.lipsync.submit(params),
      () => sync3.lipsync.run(params),
      () => sync3.lipsync.estimate(params),
    ]) {
      const error = await call().catch((caught: unknown) => caught);
      expect(ValidationError.is(error) && error.issues).toMatchObject([{ rule: 'not-json' }]);
      expect(error).toMatchObject({ taskUUID, code: 'invalidRequest', mayBeAccepted: false });
    }
    expect(server.requests).toEqual([]);
  });
});

describe('a value that can be JSON is taken', () => {
  const prepared = (params: unknown) => prepareTask(params as LipsyncParams).task as unknown;

  test('as JSON would write it', () => {
    const { blobs: _, ...draft } = prepareTask({
      inputs: { video: new URL(video), audio, extra: undefined },
      speech: undefined,
      settings: Object.assign(Object.create(null), { syncMode: 'remap' }),
      webhookURL: new URL('https://example.com/hook'),
    } as never);
    expect(draft.task).toEqual({
      taskType: 'videoInference',
      model,
      deliveryMethod: 'async',
      inputs: { video, audio },
      settings: { syncMode: 'remap' },
      webhookURL: 'https://example.com/hook',
    });
    expect(draft.task).not.toHaveProperty('speech');
  });

  test('from another realm, such as an iframe or the sandbox of a test runner', () => {
    const foreign = vm.runInNewContext('({ video: "https://example.com/talk.mp4", list: [{}] })');
    expect(prepared({ inputs: foreign })).toMatchObject({ inputs: { video, list: [{}] } });
  });

  test('from an object that says how it is written', () => {
    class Model {
      toJSON(key: string) {
        return { video, audio: { toJSON: () => `https://example.com/${key}` } };
      }
    }
    expect(prepared({ inputs: new Model() })).toMatchObject({
      inputs: { video, audio: 'https://example.com/inputs' },
    });
  });

  test('of every kind, and the copy shares nothing with it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (seed) => {
        const task = prepared({ inputs, seed }) as { seed: unknown };
        expect(JSON.stringify(task.seed)).toBe(JSON.stringify(seed));
        const shared = (one: unknown, other: unknown): boolean =>
          typeof one === 'object' &&
          one !== null &&
          (one === other ||
            Object.entries(one).some(([key, value]) =>
              shared(value, (other as Record<string, unknown>)[key]),
            ));
        expect(shared(task.seed, seed)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('under the name toJSON, too, when that is no function', () => {
    const seed = { toJSON: 1 };
    expect(prepared({ inputs, seed })).toMatchObject({ seed });
  });

  test('under the name __proto__, too, which is then no prototype', () => {
    const seed = JSON.parse('{"__proto__": {"polluted": true}}');
    const task = prepared({ inputs, seed }) as { seed: object };
    expect(JSON.stringify(task.seed)).toBe('{"__proto__":{"polluted":true}}');
    expect(task.seed).not.toHaveProperty('polluted');
  });

  test('twice in one request, which is no cycle', () => {
    const box = [0, 0, 64, 64];
    const boundingBoxes = [box, box];
    const settings = { activeSpeakerDetection: { boundingBoxes } };
    expect(prepared({ inputs, settings })).toMatchObject({ settings });
  });

  test('and each getter is read once', () => {
    const reads: string[] = [];
    const watched = (name: string, value: unknown) => ({
      get: () => {
        reads.push(name);
        return value;
      },
      enumerable: true,
    });
    const media = Object.defineProperties(
      {},
      { video: watched('video', video), audio: watched('audio', new Blob(['x'])) },
    );
    const params = Object.defineProperties(
      {},
      { taskUUID: watched('taskUUID', crypto.randomUUID()), inputs: watched('inputs', media) },
    );
    const { task, blobs } = prepareTask(params as never);
    expect(reads).toEqual(['taskUUID', 'inputs', 'video', 'audio']);
    expect([...blobs.values()]).toEqual([task.inputs.audio]);
  });
});

test('lipsync.validate gives the issue instead of throwing it', () => {
  const sync3 = new Sync3({ apiKey: 'key' });
  const params = { inputs: { video: new Uint8Array(3), audio } } as unknown as LipsyncParams;
  expect(sync3.lipsync.validate(params)).toMatchObject([
    { rule: 'not-json', path: '/inputs/video' },
  ]);
});
