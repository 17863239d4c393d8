import { array, type Check, number, type ObjectCheck, object } from './check.js';
import { mediaReference } from './media-reference.js';
import { requires } from './requires.js';

/** `settings.segments`: stretches of the video, in seconds, each with its own audio. */
export const segments: Check = array(
  object(
    {
      startTime: number({ minimum: 0, hundredths: true }),
      endTime: number({ exclusiveMinimum: 0, hundredths: true }),
      audio: mediaReference,
      audioStartTime: number({ minimum: 0, hundredths: true }),
      audioEndTime: number({ minimum: 0, hundredths: true }),
    },
    ['startTime', 'endTime', 'audio'],
    requires('audioStartTime', 'audioEndTime'),
    requires('audioEndTime', 'audioStartTime'),
    endAfterStart,
  ),
  1,
);

/** Upstream, `endTime`: "Must be greater than startTime." Only its prose says so. */
function endAfterStart(...[segment, place, issues]: Parameters<ObjectCheck>): void {
  const { startTime, endTime } = segment;
  if (typeof startTime !== 'number' || typeof endTime !== 'number' || endTime > startTime) return;
  issues.push({
    rule: 'end-after-start',
    path: `${place.path}/endTime`,
    message: `endTime (${endTime} s) must be greater than startTime (${startTime} s).`,
    severity: 'error',
    origin: 'docs',
  });
}
