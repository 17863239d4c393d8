import {
  array,
  type Check,
  fail,
  hundredths,
  nameOf,
  number,
  type ObjectCheck,
  object,
  value,
} from './check.js';
import { isHundredths } from './hundredths.js';
import { mediaReference } from './media-reference.js';
import { paired } from './paired.js';

const seconds = number(0, Infinity, hundredths);
const end = value<number>(`${hundredths}, above 0`, Number.isFinite, {
  exclusiveMinimum: (seconds) => seconds > 0,
  multipleOf: isHundredths,
});

/** Upstream, `endTime`: "Must be greater than startTime." Only its prose says so. */
const endAfterStart: ObjectCheck = ({ startTime, endTime }, path, issues) => {
  if (typeof startTime !== 'number' || typeof endTime !== 'number' || endTime > startTime) return;
  const end = `${path}/endTime`;
  fail(issues, 'end-after-start', end, `${nameOf(end)} must be after startTime.`, 'docs');
};

/** `settings.segments`: stretches of the video, in seconds, each with its own audio. */
export const segments: Check = array(
  object(
    {
      startTime: seconds,
      endTime: end,
      audio: mediaReference,
      audioStartTime: seconds,
      audioEndTime: seconds,
    },
    ['startTime', 'endTime', 'audio'],
    paired('audioStartTime', 'audioEndTime'),
    endAfterStart,
  ),
  'at least one segment',
  1,
);
