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
import { paired } from './paired.js';

/** The task schema's `allOf/0/not`: a speaker is chosen by boxes or by a point, not by both. */
const boxesOrCoordinates: ObjectCheck = ({ boundingBoxes, coordinates }, path, issues) => {
  if (boundingBoxes === undefined || coordinates === undefined) return;
  const message = 'Give boundingBoxes or coordinates, not both.';
  fail(issues, 'boxes-or-coordinates', path, message);
};

/** `settings.activeSpeakerDetection`: which face speaks. Boxes and points are in pixels. */
export const activeSpeakerDetection: Check = object(
  {
    autoDetect: boolean,
    boundingBoxes: array(array(number(), '4 numbers', 4, 4), 'boxes'),
    coordinates: array(number(), '2 numbers', 2, 2),
    frameNumber: number(0, Infinity, integer),
  },
  [],
  paired('coordinates', 'frameNumber'),
  boxesOrCoordinates,
);
