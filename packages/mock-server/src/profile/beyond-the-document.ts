import { model } from '@sync3/generated/constants';
import type { Profile } from './profile.js';

const formerIdentifier = 'sync:3@0';
/** What stands for a frame without a face in a request that keeps to the document. */
const noFace = [0, 0, 0, 0];

/**
 * A request in the words of the document, where a profile takes more than the document allows: so
 * Prism checks the rest of it as ever.
 */
export function inWordsOfTheDocument(body: unknown, profile: Profile): unknown {
  const { nullBoxes, formerIdentifier: former } = profile;
  if (!Array.isArray(body) || (nullBoxes === 'refused' && former === 'refused')) return body;
  return body.map((task) => {
    if (typeof task !== 'object' || task === null) return task;
    const isFormer = former === 'accepted' && task.model === formerIdentifier;
    const named = isFormer ? { ...task, model } : task;
    return nullBoxes === 'accepted' ? withoutNullBoxes(named) : named;
  });
}

function withoutNullBoxes(task: {
  settings?: { activeSpeakerDetection?: { boundingBoxes?: unknown } };
}): object {
  const boxes = task.settings?.activeSpeakerDetection?.boundingBoxes;
  if (!Array.isArray(boxes) || !boxes.includes(null)) return task;
  const boundingBoxes = boxes.map((box) => box ?? noFace);
  const activeSpeakerDetection = { ...task.settings?.activeSpeakerDetection, boundingBoxes };
  return { ...task, settings: { ...task.settings, activeSpeakerDetection } };
}
