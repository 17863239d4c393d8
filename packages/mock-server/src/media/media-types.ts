import type { OutputFormat } from './output-format.js';

/** The media type of each container. */
export const mediaTypes: Record<OutputFormat, string> = {
  MP4: 'video/mp4',
  WEBM: 'video/webm',
  MOV: 'video/quicktime',
};
