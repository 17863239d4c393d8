/** Where a medium stands in the parameters of a job. */
export interface MediaPlace {
  /** What has the property. */
  holder: Record<string, unknown>;
  /** Name of the property. */
  name: string;
  /** JSON Pointer of the property. */
  pointer: string;
}

/** All places of media: the video, the voice and the voices of segments. Wrong types are passed over. */
export function* mediaPlaces({
  inputs,
  settings,
}: Record<string, unknown>): Generator<MediaPlace, void, undefined> {
  if (isObject(inputs)) {
    yield { holder: inputs, name: 'video', pointer: '/inputs/video' };
    yield { holder: inputs, name: 'audio', pointer: '/inputs/audio' };
  }
  const segments = isObject(settings) ? settings['segments'] : undefined;
  if (!Array.isArray(segments)) return;
  for (const [index, segment] of segments.entries()) {
    if (!isObject(segment)) continue;
    yield { holder: segment, name: 'audio', pointer: `/settings/segments/${index}/audio` };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
