import { model } from '@sync3/generated/constants';
export const video = 'https://example.com/talk.mp4';
export const audio = 'https://example.com/line.wav';
export const base = {
  taskType: 'videoInference',
  taskUUID: '7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f10',
  model,
};
export const fromVoice = { ...base, inputs: { video, audio } };
export const speech = { text: 'Hello.', voice: 'auto' };
export const fromText = { ...base, inputs: { video }, speech };
export const segment = { startTime: 0, endTime: 1.5, audio };
export const fromSegments = { ...base, inputs: { video }, settings: { segments: [segment] } };

export const withSettings = (settings: object) => ({ ...fromVoice, settings });
export const withSpeaker = (activeSpeakerDetection: unknown) =>
  withSettings({ activeSpeakerDetection });
export const withTts = (tts: unknown) => ({ ...fromText, settings: { tts } });
export const withSegments = (...segments: unknown[]) => ({
  ...fromSegments,
  settings: { segments },
});
export const withSegment = (more: object) => withSegments(segment, { ...segment, ...more });
export const without = (task: object, name: string) =>
  Object.fromEntries(Object.entries(task).filter(([key]) => key !== name));

export const box = [0, 0, 64, 64];
export const asd = 'settings.activeSpeakerDetection';
export const asdPath = '/settings/activeSpeakerDetection';
export const second = '/settings/segments/1';
