import { array, type Check, hundredths, number, type ObjectCheck, object } from './check.js';
import { mediaReference } from './media-reference.js';
import { requires } from './requires.js';

const seconds = number({ minimum: 0 }, hundredths);

/** `settings.segments`: stretches of the video, in seconds, each with its own audio. */
export const segments: Check = array(
  object(
    {
      startTime: seconds,
      endTime: number({ exclusiveMinimum: 0 }, hundredths),
      audio: mediaReference,
      audioStartTime: seconds,
      audioEndTime: seconds,
    },
    ['startTime', 'endTime', 'audio'],
    requires('audioStartTime', 'audioEndTime'),
    requires('audioEndTime', 'audioStartTime'),
    endAfterStart,
  ),
  'at least one segment',
  1,
);

/** Upstream, `endTime`: "Must be greater than startTime." Only its prose says so. */
function endAfterStart(...[segment, place, issues]: Parameters<ObjectCheck>): void {
  const { startTime, endTime } = segment;
  if (typeof startTime !== 'number' || typeof endTime !== 'number' || endTime > startTime) return;
  issues.push({
    rule: 'end-after-start',
    path: `${place.path}/endTime`,
    message: 'endTime must be greater than startTime.',
    severity: 'error',
    origin: 'docs',
  });
}
