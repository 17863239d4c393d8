import type { IncomingMessage } from 'node:http';

/** A task as it arrived. */
export type Task = Record<string, unknown> & { taskType: string; taskUUID: string };

/** What is told of a request. It goes to the browser too, and so never holds the key. */
export interface Arrival {
  taskTypes: string[];
  taskUUIDs: string[];
  /** Whether it carried the right key. */
  isAuthorized: boolean;
  /** `inputs.audio` of a submit. */
  audio?: unknown;
  /** The UUID that an upload was given. */
  mediaUUID?: string;
}

/** Reads a request to its end. */
export async function readTasks(request: IncomingMessage): Promise<Task[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}
