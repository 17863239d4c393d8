import type { Part } from '../../../spec/test/diff/document-parts.ts';
import {
  fromSegments,
  fromText,
  fromVoice,
  type Json,
  places,
  valueAt,
  withValue,
} from '../places.ts';
import type { Case } from '../try-case.ts';

/** A parameter that Runware may take away, with a job that uses it. */
const removable: readonly [path: string, value: unknown, job: Json][] = [
  ['webhookURL', 'https://example.com/hook', fromVoice],
  ['includeCost', true, fromVoice],
  ['numberResults', 2, fromVoice],
  ['uploadEndpoint', 'https://example.com/put', fromVoice],
  ['ttl', 60, fromVoice],
  ['outputType', 'URL', fromVoice],
  ['outputFormat', 'MP4', fromVoice],
  ['outputQuality', 90, fromVoice],
  ['deliveryMethod', 'async', fromVoice],
  ['safety', { mode: 'fast' }, fromVoice],
  ['safety.mode', 'fast', fromVoice],
  ['safety.checkContent', true, fromVoice],
  ['settings.syncMode', 'bounce', fromVoice],
  ['settings.tts.provider', 'elevenlabs', fromText],
  ['settings.tts.stability', 0.5, fromText],
  ['settings.tts.similarityBoost', 0.5, fromText],
  ['settings.activeSpeakerDetection.autoDetect', true, fromVoice],
];

function remove(document: Part, path: string): void {
  const names = path.split('.');
  const name = names.pop() as string;
  const place = places.find((one) => one.path.join('.') === names.join('.'));
  const schema = place?.schemaIn(document);
  delete schema.properties[name];
  if (schema.required) schema.required = schema.required.filter((one: string) => one !== name);
}

/** One change that takes these away; those that the document has. */
function removalOf(upstream: Part, paths: readonly string[]): Case {
  const wanted = removable.filter(([path]) => paths.includes(path) && isThere(upstream, path));
  return {
    name: `gone: ${paths.join(', ')}`,
    change: (document) => {
      for (const [path] of wanted) remove(document, path);
    },
    bump: 'major',
    says: wanted.map(([path]) => path),
    legal: [fromVoice, fromText, fromSegments],
    illegal: wanted.map(([path, value, job]) => withValue(job, path.split('.'), value)),
    miscompiles: wanted.map(([path, value, job]) => {
      const params = withValue(job, path.split('.'), value);
      return `job(${JSON.stringify(params)});`;
    }),
  };
}

function isThere(upstream: Part, path: string): boolean {
  const names = path.split('.');
  const place = places.find((one) => one.path.join('.') === names.slice(0, -1).join('.'));
  return valueAt(place?.schemaIn(upstream), ['properties', names.at(-1) as string]) !== undefined;
}

/** Each alone, and at every place at once. */
export const removals = (upstream: Part): Case[] => [
  removalOf(upstream, [
    'ttl',
    'outputQuality',
    'settings.syncMode',
    'settings.tts.similarityBoost',
    'settings.activeSpeakerDetection.autoDetect',
    'safety.mode',
  ]),
  ...removable.map(([path]) => removalOf(upstream, [path])),
];
