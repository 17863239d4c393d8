import { array, boolean, type Check, integer, number, type ObjectCheck, object } from './check.js';
import { requires } from './requires.js';

/** `settings.activeSpeakerDetection`: which face speaks. Boxes and points are in pixels. */
export const activeSpeakerDetection: Check = object(
  {
    autoDetect: boolean,
    boundingBoxes: array(array(number(), '4 numbers', 4, 4), 'boxes'),
    coordinates: array(number(), '2 numbers', 2, 2),
    frameNumber: number({ minimum: 0 }, integer),
  },
  [],
  requires('coordinates', 'frameNumber'),
  requires('frameNumber', 'coordinates'),
  boxesOrCoordinates,
);

/** The task schema's `allOf/0/not`: a speaker is chosen by boxes or by a point, not by both. */
function boxesOrCoordinates(...[value, place, issues]: Parameters<ObjectCheck>): void {
  if (value['boundingBoxes'] === undefined || value['coordinates'] === undefined) return;
  issues.push({
    rule: 'boxes-or-coordinates',
    path: place.path,
    message: 'Give boundingBoxes, or coordinates with frameNumber, not both.',
    severity: 'error',
    origin: 'schema',
  });
}
