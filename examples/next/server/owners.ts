import type { LipsyncParams } from '@sync3/sdk';
import { type AcceptedTask, mediaUUIDsOf, type ProxyTask } from '@sync3/sdk/proxy';
import { owners } from './memory.ts';
import { sessionOf } from './sessions.ts';

/**
 * Whether the caller may have these tasks done. A job belongs to the caller from here on, before it is
 * sent: should its answer be lost, it can still be fetched. A real application also looks at prices.
 */
export function mayDo(request: Request, tasks: readonly ProxyTask[]): boolean {
  const isAllowed = tasks.every((task) => ownsMedia(request, task) && ownsJob(request, task));
  if (!isAllowed) return false;
  for (const { taskType, taskUUID } of tasks) {
    if (taskType === 'videoInference') recordOwner(request, taskUUID);
  }
  return true;
}

/** The API alone knows the UUID of a file before it is stored, and of a video before it is finished. */
export function recordAccepted(request: Request, accepted: readonly AcceptedTask[]): void {
  for (const { mediaUUID, videoUUID } of accepted.flatMap(({ rows }) => rows)) {
    for (const uuid of [mediaUUID, videoUUID]) {
      if (typeof uuid === 'string') recordOwner(request, uuid);
    }
  }
}

/** What has an owner keeps that owner. */
export function recordOwner(request: Request, uuid: string): void {
  const session = sessionOf(request);
  if (session !== undefined && !owners.has(uuid)) owners.set(uuid, session);
}

export function owns(request: Request, uuid: string): boolean {
  return owners.has(uuid) && owners.get(uuid) === sessionOf(request);
}

/** Whether every stored file and video that a task names is the caller's own. */
export function ownsMedia(request: Request, task: ProxyTask | LipsyncParams): boolean {
  return mediaUUIDsOf(task).every((uuid) => owns(request, uuid));
}

/**
 * Each job of this application has an owner before it is sent, so that a UUID without one is free: the
 * client asks whether such a job exists before it submits one. Where other applications use the same
 * API key, keep their jobs out too.
 */
function ownsJob(request: Request, { taskType, taskUUID }: ProxyTask): boolean {
  return taskType === 'mediaStorage' || !owners.has(taskUUID) || owns(request, taskUUID);
}
