import { type Change, changed, isObject, withAll, without } from './change.js';

const voice = 'https://example.com/line.wav';
const speech = { text: 'Hello.', voice: 'auto' };
const segments = [{ startTime: 0, endTime: 1.5, audio: voice }];

const inInputs =
  (change: Change): Change =>
  (task) =>
    changed(task, ['inputs'], 0, change);
const inSettings =
  (change: Change): Change =>
  (task) =>
    withAll({ settings: change(isObject(task) ? (task['settings'] ?? {}) : {}) })(task);
const inOrder =
  (...changes: Change[]): Change =>
  (task) =>
    changes.reduce((value, change) => change(value), task);

const giveVoice = inInputs(withAll({ audio: voice }));
const giveText = withAll({ speech });
const giveSegments = inSettings(withAll({ segments }));
const giveTts = inSettings(withAll({ tts: { stability: 0.5 } }));
const takeVoice = inInputs(without('audio'));
const takeText = without('speech');
const takeSegments: Change = (task) => changed(task, ['settings'], 0, without('segments'));
const takeTts: Change = (task) => changed(task, ['settings'], 0, without('tts'));
const takeAll = inOrder(takeVoice, takeText, takeSegments, takeTts);

/** No source, and in different ways: the objects that could hold one are empty or missing. */
export const noSource: Change[] = [
  takeAll,
  inOrder(takeAll, inSettings(without())),
  inOrder(takeAll, without('settings')),
  inOrder(takeAll, without('inputs')),
  inOrder(takeAll, without('inputs', 'settings')),
];

export const severalSources: Change[] = [
  inOrder(giveVoice, giveText),
  inOrder(giveVoice, giveSegments),
  inOrder(giveText, giveSegments),
  inOrder(giveVoice, giveText, giveSegments),
];

export const ttsWithoutSpeech: Change[] = [
  inOrder(takeAll, giveVoice, giveTts),
  inOrder(takeAll, giveSegments, giveTts),
  inOrder(takeAll, giveTts),
  giveTts,
];
