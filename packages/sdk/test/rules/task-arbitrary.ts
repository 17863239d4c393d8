import { model } from '@sync3/generated/constants';
import fc from 'fast-check';
import { hundredths } from './number-arbitrary.js';
import { anyText, textOfLength } from './string-arbitrary.js';
import { uri } from './uri-arbitrary.js';
import { uuid } from './uuid-arbitrary.js';

/** Property names from the root, `[]` for the elements of a list. */
export type Location = readonly string[];

/** Makes the values of one property. Everything on the way to the location is present. */
type Maker = (location: Location) => fc.Arbitrary<unknown>;

const always =
  (arbitrary: fc.Arbitrary<unknown>): Maker =>
  () =>
    arbitrary;

function object(required: string[], properties: Record<string, Maker>): Maker {
  return ([next, ...rest]) => {
    const model = Object.fromEntries(
      Object.entries(properties).map(([name, make]) => [name, make(name === next ? rest : [])]),
    );
    const present = next !== undefined && next in model ? [next] : [];
    return fc.record(model, {
      requiredKeys: [...new Set([...required, ...present])],
      noNullPrototype: true,
    });
  };
}

function list(element: Maker, minLength: number, maxLength: number): Maker {
  return ([next, ...rest]) =>
    fc.array(element(next === '[]' ? rest : []), {
      minLength: next === '[]' ? Math.max(1, minLength) : minLength,
      maxLength,
    });
}

/** One of several shapes; only of those that have the property which is asked for. */
function either(shapes: { has: string[]; make: Maker }[]): Maker {
  return (location) => {
    const [next = ''] = location;
    const fitting = shapes.filter(({ has }) => has.includes(next));
    const chosen = fitting.length ? fitting : shapes;
    return fc.oneof(...chosen.map(({ make }) => make(location)));
  };
}

const mediaReference = always(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('https://example.com/talk.mp4', 'data:,a') },
    { weight: 1, arbitrary: uuid },
    { weight: 1, arbitrary: uri },
  ),
);
const url = always(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.constantFrom('https://example.com/hook?a=%20#b', 'HTTP://[::1]:80'),
    },
    { weight: 1, arbitrary: uri },
  ),
);
const time = always(hundredths);
const timeAfterZero = always(hundredths.filter((seconds) => seconds > 0));
const boolean = always(fc.boolean());
const oneOf = (...values: string[]) => always(fc.constantFrom(...values));
const integer = (min: number, max: number, ...others: number[]) =>
  always(fc.oneof(fc.constantFrom(min, max, ...others), fc.integer({ min, max })));
const coordinate = always(
  fc.oneof(
    fc.constantFrom(0, -0, 1.5, -20, 1e21, 5e-324),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  ),
);
const share = always(
  fc.oneof(fc.constantFrom(0, -0, 1, 0.5, 5e-324), fc.double({ min: 0, max: 1, noNaN: true })),
);
const speechText = always(
  fc.oneof(
    { weight: 6, arbitrary: textOfLength(fc.integer({ min: 1, max: 12 })) },
    { weight: 1, arbitrary: textOfLength(fc.constantFrom(1, 2, 4999, 5000)) },
  ),
);

const pointed = { coordinates: list(coordinate, 2, 2), frameNumber: integer(0, 500, -0, 1e21) };
const boxed = { boundingBoxes: list(list(coordinate, 4, 4), 0, 3) };
const speaker = either([
  { has: ['autoDetect'], make: object([], { autoDetect: boolean }) },
  { has: Object.keys(boxed), make: object(['boundingBoxes'], { autoDetect: boolean, ...boxed }) },
  {
    has: Object.keys(pointed),
    make: object(Object.keys(pointed), { autoDetect: boolean, ...pointed }),
  },
]);

const timed = { startTime: time, endTime: timeAfterZero, audio: mediaReference };
const part = { audioStartTime: time, audioEndTime: time };
const segment = either([
  { has: [], make: object(Object.keys(timed), timed) },
  {
    has: Object.keys(part),
    make: object(Object.keys({ ...timed, ...part }), { ...timed, ...part }),
  },
]);

const everySetting = {
  activeSpeakerDetection: speaker,
  syncMode: oneOf('bounce', 'cut_off', 'silence', 'remap'),
};
const tts = object([], { provider: always(anyText), stability: share, similarityBoost: share });

const options = {
  taskType: oneOf('videoInference'),
  taskUUID: always(uuid),
  model: oneOf(model),
  webhookURL: url,
  includeCost: boolean,
  numberResults: integer(1, 20),
  uploadEndpoint: url,
  ttl: integer(60, 100_000, Number.MAX_SAFE_INTEGER, 1e21, Number.MAX_VALUE),
  outputType: oneOf('URL'),
  outputFormat: oneOf('MP4', 'WEBM', 'MOV'),
  outputQuality: integer(20, 99),
  deliveryMethod: oneOf('async'),
  safety: object([], { checkContent: boolean, mode: oneOf('none', 'fast', 'full') }),
};
const required = ['taskType', 'taskUUID', 'model', 'inputs'];

const video = object(['video'], { video: mediaReference });

const fromVoice = object(required, {
  ...options,
  inputs: object(['video', 'audio'], { video: mediaReference, audio: mediaReference }),
  settings: object([], everySetting),
});
const fromText = object([...required, 'speech'], {
  ...options,
  inputs: video,
  speech: object(['text', 'voice'], { text: speechText, voice: always(anyText) }),
  settings: object([], { ...everySetting, tts }),
});
const fromSegments = object([...required, 'settings'], {
  ...options,
  inputs: video,
  settings: object(['segments'], { ...everySetting, segments: list(segment, 1, 3) }),
});

/** Tasks that the schema accepts and in which something stands at the location. */
export function taskArbitrary(location: Location = []): fc.Arbitrary<unknown> {
  const kinds: [string, Maker][] = [
    ['inputs.audio', fromVoice],
    ['speech', fromText],
    ['settings.tts', fromText],
    ['settings.segments', fromSegments],
  ];
  const name = location.join('.');
  const fitting = kinds.filter(([source]) => name === source || name.startsWith(`${source}.`));
  return fc.oneof(...(fitting.length ? fitting : kinds).map(([, make]) => make(location)));
}
