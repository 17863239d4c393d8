import { ValidationError } from '../errors/validation-error.js';
import { type UploadOptions, upload } from '../media/media.js';
import { isPrivateHost } from '../media/private-host.js';
import type { Settings } from '../options.js';
import { throwIfAborted } from '../wire/abort.js';
import type { WrittenTask } from '../wire/posting.js';
import type { Draft, Model } from './model.js';

/**
 * Checks a draft, uploads its Blobs when it keeps all rules, and writes the task as it is sent.
 *
 * @throws {ValidationError} the draft breaks a rule; nothing was sent.
 * @throws what `Media.upload` throws, with the job's taskUUID.
 */
export async function writeJob(
  settings: Settings,
  model: Pick<Model, 'validate'>,
  { task, blobs }: Draft,
  {
    signal,
    onUpload,
  }: { signal?: AbortSignal | undefined; onUpload?: UploadOptions['onProgress'] },
): Promise<WrittenTask> {
  const { taskType, taskUUID } = task;
  const issues = model.validate(task);
  if (issues.some(({ severity }) => severity === 'error')) {
    throw new ValidationError(issues, { taskUUID });
  }
  for (const issue of issues) {
    // An API on this machine or network, such as an emulator, reaches what is there.
    const isAboutReach = issue.rule === 'unreachable-url';
    if (isAboutReach && isPrivateHost(new URL(settings.url).hostname)) continue;
    settings.emit('onWarning', { message: issue.message, taskUUID, issue });
  }
  const references = new Map<unknown, string>();
  for (const [blob, standIn] of blobs) {
    const progress = { signal, onProgress: onUpload };
    const { mediaUUID } = await upload(settings, blob, progress, taskUUID);
    references.set(standIn, mediaUUID);
  }
  throwIfAborted(signal, taskUUID);
  // A replacer takes several times as long as the rest.
  const replacer = (_: string, value: unknown) => references.get(value) ?? value;
  return { taskType, taskUUID, json: JSON.stringify(task, blobs.size ? replacer : undefined) };
}
