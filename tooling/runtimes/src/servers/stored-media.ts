import { createHash, randomUUID } from 'node:crypto';
import type { Task } from './arrival.ts';

/** The row about a file that was uploaded; its URL tells what arrived. */
export function storedMedia({ taskType, taskUUID, operation, media }: Task) {
  const [, type = '', base64 = ''] = /^data:([^;,]*);base64,(.*)$/.exec(String(media)) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const query = new URLSearchParams({ type, size: `${bytes.length}`, sha256 });
  const mediaURL = `https://storage.example/file?${query}`;
  return { taskType, taskUUID, operation, mediaUUID: randomUUID(), mediaURL };
}
