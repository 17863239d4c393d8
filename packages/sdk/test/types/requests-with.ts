import type { Parameter } from '@sync3/generated/parameters';

const video = "video: 'https://example.com/talk.mp4'";
const audio = "audio: 'https://example.com/line.wav'";

/** Requests of each kind, where only what stands in `rest` and `settings` differs. */
const kinds: ((rest: string, settings: string) => string)[] = [
  (rest, settings) => `{ inputs: { ${video}, ${audio} }, settings: { ${settings} }, ${rest} }`,
  (rest, settings) =>
    `{ inputs: { ${video} }, speech: { text: 'Hello.' }, settings: { ${settings} }, ${rest} }`,
  (rest, settings) =>
    `{ inputs: { ${video} }, settings: { segments: [{ ${audio}, startTime: 0, endTime: 1 }], ${settings} }, ${rest} }`,
];

/** A request of each kind that gives a property, of the task or of its settings, this value. */
export function requestsWith({ path }: Parameter, value: unknown): string[] {
  const names = path[0] === 'settings' ? path.slice(1) : path;
  const text = names.reduceRight((inner, name, depth) => {
    return `${name}: ${depth === names.length - 1 ? inner : `{ ${inner} }`}`;
  }, JSON.stringify(value));
  return kinds.map((kind) => (path[0] === 'settings' ? kind('', text) : kind(text, '')));
}
