import { fail, type ObjectCheck, pointerOf } from '@sync3/generated/rules';
import { paired } from './paired.js';

const pointInFrame = paired('coordinates', 'frameNumber');

/** A speaker is chosen by a point in a frame or by boxes, not by both. */
export const activeSpeakerDetection: ObjectCheck = (value, at) => {
  pointInFrame(value, at);
  if (value['boundingBoxes'] === undefined || value['coordinates'] === undefined) return;
  const message = 'Give boundingBoxes or coordinates, not both.';
  fail(at.issues, 'boxes-or-coordinates', pointerOf(at), message);
};
