import { isObject, type ObjectCheck } from './check.js';

/** The task schema's `allOf/2/oneOf`: the new voice comes from exactly one place. */
export const oneAudioSource: ObjectCheck = (task, _, issues) => {
  const { inputs, speech, settings } = task;
  const given = [
    isObject(inputs) && inputs['audio'] !== undefined && 'inputs.audio',
    speech !== undefined && 'speech',
    isObject(settings) && settings['segments'] !== undefined && 'settings.segments',
  ].filter((source) => source !== false);
  if (given.length === 1) return;
  issues.push({
    rule: 'one-audio-source',
    path: '',
    message:
      'Give exactly one of inputs.audio, speech and settings.segments; ' +
      `${given.length ? `${given.join(' and ')} are given` : 'none is given'}.`,
    severity: 'error',
    origin: 'schema',
  });
};

/** The task schema's `allOf/1/if`: `settings.tts` says how `speech` is spoken. */
export const ttsNeedsSpeech: ObjectCheck = (task, _, issues) => {
  const { speech, settings } = task;
  if (!isObject(settings) || settings['tts'] === undefined || speech !== undefined) return;
  issues.push({
    rule: 'tts-needs-speech',
    path: '/speech',
    message: 'settings.tts needs speech.',
    severity: 'error',
    origin: 'schema',
  });
};
