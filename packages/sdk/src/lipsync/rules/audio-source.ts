import { fail, type ObjectCheck } from '@sync3/generated/rules';

const names = ['inputs.audio', 'speech', 'settings.segments'];

/** The new voice comes from exactly one place, and `settings.tts` says how `speech` is spoken. */
export const audioSource: ObjectCheck = ({ inputs, speech, settings }, { issues }) => {
  const { segments, tts } = Object(settings);
  const { audio } = Object(inputs);
  // Counted without a list: this runs for every task.
  const count =
    Number(audio !== undefined) + Number(speech !== undefined) + Number(segments !== undefined);
  if (count !== 1) {
    const sources = [audio, speech, segments];
    const given = names.filter((_, index) => sources[index] !== undefined);
    const found = given.join(' and ') || 'none';
    const message = `Give exactly one of ${names.join(', ')}, not ${found}.`;
    fail(issues, 'one-audio-source', '', message);
  }
  if (tts !== undefined && speech === undefined) {
    fail(issues, 'tts-needs-speech', '/speech', 'settings.tts needs speech.');
  }
};
