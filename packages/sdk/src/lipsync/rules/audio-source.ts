import { fail, type ObjectCheck } from '@sync3/generated/rules';

/** The new voice comes from exactly one place, and `settings.tts` says how `speech` is spoken. */
export const audioSource: ObjectCheck = ({ inputs, speech, settings }, { issues }) => {
  const { segments, tts } = Object(settings);
  const sources = { 'inputs.audio': Object(inputs).audio, speech, 'settings.segments': segments };
  const given = Object.entries(sources).filter(([, source]) => source !== undefined);
  if (given.length !== 1) {
    const found = given.map(([name]) => name).join(' and ') || 'none';
    const names = Object.keys(sources).join(', ');
    fail(issues, 'one-audio-source', '', `Give exactly one of ${names}, not ${found}.`);
  }
  if (tts !== undefined && speech === undefined) {
    fail(issues, 'tts-needs-speech', '/speech', 'settings.tts needs speech.');
  }
};
