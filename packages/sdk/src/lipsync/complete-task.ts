import type { VideoInferenceTask } from '@sync3/generated';
import { ValidationError } from '../errors/validation-error.js';
import { type UploadOptions, upload } from '../media/media.js';
import { isPrivateHost } from '../media/private-host.js';
import type { Settings } from '../options.js';
import { throwIfAborted } from '../wire/abort.js';
import type { Draft } from './prepare-task.js';
import { validateTask } from './rules/validate-task.js';

/**
 * Checks a draft, and uploads its Blobs when it keeps all rules.
 *
 * @returns what gives the task as it is sent, a new copy at each call.
 * @throws {ValidationError} the draft breaks a rule; nothing was sent.
 * @throws what `Media.upload` throws, with the job's taskUUID.
 */
export async function completeTask(
  settings: Settings,
  { task, blobs }: Draft,
  {
    signal,
    onUpload,
  }: { signal?: AbortSignal | undefined; onUpload?: UploadOptions['onProgress'] },
): Promise<() => VideoInferenceTask> {
  const { taskUUID } = task;
  const issues = validateTask(task);
  if (issues.some(({ severity }) => severity === 'error')) {
    throw new ValidationError(issues, { taskUUID });
  }
  // An API on this machine or network, such as an emulator, reaches what is there.
  const isApiNear = isPrivateHost(new URL(settings.url).hostname);
  for (const issue of issues) {
    if (isApiNear && issue.rule === 'unreachable-url') continue;
    settings.emit('onWarning', { message: issue.message, taskUUID, issue });
  }
  const references = new Map<unknown, string>();
  for (const [blob, standIn] of blobs) {
    const progress = { signal, onProgress: onUpload };
    const { mediaUUID } = await upload(settings, blob, progress, taskUUID);
    references.set(standIn, mediaUUID);
  }
  throwIfAborted(signal, taskUUID);
  const json = JSON.stringify(task);
  // A reviver takes several times as long as the rest.
  const revive = (_: string, value: unknown) => references.get(value) ?? value;
  return () => JSON.parse(json, references.size > 0 ? revive : undefined);
}
