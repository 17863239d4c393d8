import {
  array,
  boolean,
  type Check,
  fail,
  integer,
  number,
  type ObjectCheck,
  object,
} from './check.js';
import { requires } from './requires.js';

/** `settings.activeSpeakerDetection`: which face speaks. Boxes and points are in pixels. */
export const activeSpeakerDetection: Check = object(
  {
    autoDetect: boolean,
    boundingBoxes: array(array(number(), '4 numbers', 4, 4), 'boxes'),
    coordinates: array(number(), '2 numbers', 2, 2),
    frameNumber: number(0, Infinity, integer),
  },
  [],
  requires('coordinates', 'frameNumber'),
  requires('frameNumber', 'coordinates'),
  boxesOrCoordinates,
);

/** The task schema's `allOf/0/not`: a speaker is chosen by boxes or by a point, not by both. */
function boxesOrCoordinates(...[value, path, issues]: Parameters<ObjectCheck>): void {
  if (value['boundingBoxes'] === undefined || value['coordinates'] === undefined) return;
  const message = 'Give boundingBoxes, or coordinates with frameNumber, not both.';
  fail(issues, 'boxes-or-coordinates', path, message);
}
