import type { BatchItem } from '@sync3/batch';

/** An item whose video is the n-th, with the key `clip-n`. */
export function clip(n: number, changes: Partial<BatchItem> = {}): BatchItem {
  return {
    key: `clip-${n}`,
    params: {
      inputs: {
        video: `https://example.com/${n}.mp4`,
        audio: 'https://example.com/voice.wav',
      },
    },
    ...changes,
  };
}

/** So many items. */
export function clips(count: number): BatchItem[] {
  return Array.from({ length: count }, (_, index) => clip(index + 1));
}
