import { fail, type ObjectCheck } from './check.js';

const sources = ['inputs.audio', 'speech', 'settings.segments'];

/** The task schema's `allOf/2/oneOf`: the new voice comes from exactly one place. */
export const oneAudioSource: ObjectCheck = (task, _, issues) => {
  const given = sources.filter((source) => {
    const value = source.split('.').reduce((value: unknown, key) => Object(value)[key], task);
    return value !== undefined;
  });
  if (given.length === 1) return;
  const found = given.join(' and ') || 'none';
  const message = `Give exactly one of ${sources.join(', ')}, not ${found}.`;
  fail(issues, 'one-audio-source', '', message);
};

/** The task schema's `allOf/1/if`: `settings.tts` says how `speech` is spoken. */
export const ttsNeedsSpeech: ObjectCheck = ({ speech, settings }, _, issues) => {
  if (Object(settings).tts === undefined || speech !== undefined) return;
  fail(issues, 'tts-needs-speech', '/speech', 'settings.tts needs speech.');
};
