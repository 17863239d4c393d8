import type { VideoInferenceTask } from '@sync3/generated';
import type { Issue } from './issue.js';

/**
 * Warnings about a task that the schema accepts: legal, and probably not what was meant.
 * Sources: the prose of the upstream document, and the documentation behind each message.
 */
export function advice(task: VideoInferenceTask): Issue[] {
  const issues: Issue[] = [];
  const warn = (rule: string, path: string, message: string) => {
    issues.push({ rule, path, message, severity: 'warning', origin: 'docs' });
  };

  const { settings, safety, webhookURL, uploadEndpoint, numberResults = 1 } = task;

  const segments = (settings?.segments ?? [])
    .map((segment, index) => ({ ...segment, path: `/settings/segments/${index}` }))
    .sort((a, b) => a.startTime - b.startTime);
  let previous: (typeof segments)[number] | undefined;
  for (const segment of segments) {
    if (previous && segment.startTime < previous.endTime) {
      warn(
        'segments-overlap',
        segment.path,
        `This segment begins at ${segment.startTime} s, before the one in ${previous.path} ends.`,
      );
    }
    if (!previous || segment.endTime > previous.endTime) previous = segment;
    const { audioStartTime, audioEndTime, path } = segment;
    if (
      audioStartTime !== undefined &&
      audioEndTime !== undefined &&
      audioEndTime <= audioStartTime
    ) {
      warn('audio-range-empty', `${path}/audioEndTime`, 'The audio ends before it begins.');
    }
  }

  const speaker = settings?.activeSpeakerDetection;
  const speakerPath = '/settings/activeSpeakerDetection';
  if (speaker?.boundingBoxes?.length === 0) {
    warn(
      'boxes-empty',
      `${speakerPath}/boundingBoxes`,
      'No box is given; one a frame is expected.',
    );
  }
  if (speaker?.autoDetect && (speaker.boundingBoxes || speaker.coordinates)) {
    warn(
      'speaker-chosen-twice',
      `${speakerPath}/autoDetect`,
      'Leave autoDetect out when a speaker is chosen by boundingBoxes or coordinates.',
    );
  }

  if (safety?.mode && safety.mode !== 'none' && !safety.checkContent) {
    warn('safety-mode-unused', '/safety/mode', 'Set checkContent too, or nothing is checked.');
  }
  if (safety?.checkContent && safety.mode === undefined) {
    warn(
      'safety-mode-unclear',
      '/safety',
      'Set mode too: the documentation says "fast" in one place and "none" in another.',
    );
  }
  if (webhookURL && !/^https:/i.test(webhookURL)) {
    warn('webhook-insecure', '/webhookURL', 'Use HTTPS: the URL carries the only proof of origin.');
  }
  if (uploadEndpoint && numberResults > 1) {
    warn(
      'upload-endpoint-overwritten',
      '/uploadEndpoint',
      `All ${numberResults} results are PUT to this one URL; the last one replaces the others.`,
    );
  }
  const references = [
    ['/inputs/video', task.inputs.video],
    ['/inputs/audio', task.inputs.audio],
    ...segments.map(({ path, audio }) => [`${path}/audio`, audio]),
  ] as const;
  for (const [path, reference] of references) {
    if (reference && /^data:/i.test(reference)) {
      warn(
        'data-uri',
        path as string,
        'Upload it first: nothing says that data URIs are taken here.',
      );
    }
  }
  return issues;
}
