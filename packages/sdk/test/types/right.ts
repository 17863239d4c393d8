/** Requests that have to compile, with and without `exactOptionalPropertyTypes`. */
import type { LipsyncParams, MediaSource } from '../../src/index.js';

const video = 'https://example.com/talk.mp4';
const audio = 'https://example.com/line.wav';
const uuid = '7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f10';
const blob = new Blob(['RIFF'], { type: 'audio/wav' });
const file = new File([blob], 'line.wav');
const url = new URL(audio);

export const fromVoice: LipsyncParams[] = [
  { inputs: { video, audio } },
  { inputs: { video: new URL(video), audio: url } },
  { inputs: { video: blob, audio: file } },
  { inputs: { video: uuid, audio: uuid } },
  { inputs: { video, audio }, settings: {} },
  { inputs: { video, audio }, speech: undefined },
  { inputs: { video, audio }, settings: { segments: undefined } },
];

export const fromText: LipsyncParams[] = [
  { inputs: { video }, speech: { text: 'Hello.' } },
  { inputs: { video: blob }, speech: { text: 'Hello.', voice: 'auto' } },
  { inputs: { video: new URL(video) }, speech: { text: 'Hello.' }, settings: {} },
  { inputs: { video }, speech: { text: 'Hello.' }, settings: { tts: {} } },
  { inputs: { video }, speech: { text: 'Hello.' }, settings: { segments: undefined } },
];

export const fromSegments: LipsyncParams[] = [
  { inputs: { video }, settings: { segments: [{ startTime: 0, endTime: 1.5, audio }] } },
  {
    inputs: { video: file },
    settings: {
      segments: [
        { startTime: 0, endTime: 1.5, audio: blob },
        { startTime: 1.5, endTime: 3, audio: url, audioStartTime: 0, audioEndTime: 1.5 },
        { startTime: 3, endTime: 4, audio: uuid },
      ],
    },
    speech: undefined,
  },
];

export const speakers: LipsyncParams[] = [
  { inputs: { video, audio }, settings: { activeSpeakerDetection: {} } },
  { inputs: { video, audio }, settings: { activeSpeakerDetection: { autoDetect: true } } },
  {
    inputs: { video, audio },
    settings: {
      activeSpeakerDetection: {
        boundingBoxes: [
          [0, 0, 64, 64],
          [1.5, 0, 65.5, 64],
        ],
      },
    },
  },
  {
    inputs: { video },
    speech: { text: 'Hello.' },
    settings: { activeSpeakerDetection: { coordinates: [320, 180], frameNumber: 0 } },
  },
  {
    inputs: { video },
    settings: {
      segments: [{ startTime: 0, endTime: 1.5, audio }],
      activeSpeakerDetection: { autoDetect: false, coordinates: [320, 180], frameNumber: 12 },
    },
  },
];

export const everyRequest: LipsyncParams = {
  taskUUID: uuid,
  inputs: { video, audio },
  webhookURL: new URL('https://example.com/hook'),
  uploadEndpoint: 'https://example.com/put',
};

/** Requests are also built in steps, by functions and with spreads. */
export function dub(source: MediaSource, text: string): LipsyncParams {
  const options = { taskUUID: uuid, webhookURL: url };
  return { ...options, inputs: { video: source }, speech: { text } };
}

export function replaceVoice(source: MediaSource, voice: MediaSource, isDetected: boolean) {
  const params: LipsyncParams = { inputs: { video: source, audio: voice } };
  params.settings = isDetected ? { activeSpeakerDetection: {} } : {};
  return params satisfies LipsyncParams;
}
