import type { VideoInferenceTask } from '@sync3/generated';
import { Refusal } from '../refusal.js';
import type { Profile } from './profile.js';

/**
 * What a job may not hold although the document allows it.
 *
 * @throws {Refusal} 400, by the answers of the profile.
 */
export function assertTaken(task: VideoInferenceTask, profile: Profile): void {
  const { inputs, settings } = task;
  if (profile.dataURIInputs === 'refused') {
    for (const [name, reference] of Object.entries(inputs)) {
      if (!/^data:/i.test(String(reference))) continue;
      const parameter = `inputs.${name}`;
      const message = `'${parameter}' must be a URL or the UUID of stored media.`;
      throw new Refusal(400, 'invalidParameter', message, parameter);
    }
  }
  if (profile.overlappingSegments === 'accepted') return;
  const segments = [...(settings?.segments ?? [])].sort((a, b) => a.startTime - b.startTime);
  for (const [index, { startTime }] of segments.entries()) {
    const before = segments[index - 1];
    if (!before || before.endTime <= startTime) continue;
    const message = `Two segments overlap from ${startTime} s to ${before.endTime} s.`;
    throw new Refusal(400, 'invalidParameter', message, 'settings.segments');
  }
}
