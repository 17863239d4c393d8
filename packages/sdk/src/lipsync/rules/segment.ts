import { fail, nameOf, type ObjectCheck, pointerOf } from '@sync3/generated/rules';
import { paired } from './paired.js';

const partOfAudio = paired('audioStartTime', 'audioEndTime');

/** Upstream, `endTime`: "Must be greater than startTime." Only its prose says so. */
export const segment: ObjectCheck = (value, at) => {
  partOfAudio(value, at);
  const { startTime, endTime } = value;
  if (typeof startTime !== 'number' || typeof endTime !== 'number' || endTime > startTime) return;
  const path = pointerOf(at, 'endTime');
  fail(at.issues, 'end-after-start', path, `${nameOf(path)} must be after startTime.`, 'docs');
};
