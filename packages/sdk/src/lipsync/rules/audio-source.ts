import { fail, type ObjectCheck } from './check.js';

/** The task schema's `allOf/2/oneOf`: the new voice comes from exactly one place. */
export const oneAudioSource: ObjectCheck = ({ inputs, speech, settings }, _, issues) => {
  const sources = new Map([
    ['inputs.audio', Object(inputs).audio],
    ['speech', speech],
    ['settings.segments', Object(settings).segments],
  ]);
  const names = [...sources.keys()];
  const given = names.filter((name) => sources.get(name) !== undefined);
  if (given.length === 1) return;
  const found = given.join(' and ') || 'none';
  const message = `Give exactly one of ${names.join(', ')}, not ${found}.`;
  fail(issues, 'one-audio-source', '', message);
};

/** The task schema's `allOf/1/if`: `settings.tts` says how `speech` is spoken. */
export const ttsNeedsSpeech: ObjectCheck = ({ speech, settings }, _, issues) => {
  if (Object(settings).tts === undefined || speech !== undefined) return;
  fail(issues, 'tts-needs-speech', '/speech', 'settings.tts needs speech.');
};
