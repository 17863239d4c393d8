import type { VideoInferenceTask } from '@sync3/generated';
import { defaultVoice, taskConstants } from '@sync3/generated/constants';
import { fail, isObject, nameOf } from '@sync3/generated/rules';
import type { Issue } from '../errors/issue.js';
import { ValidationError } from '../errors/validation-error.js';
import type { Draft } from '../tasks/model.js';
import { randomUUID } from '../tasks/random-uuid.js';
import { copyJson } from '../wire/copy-json.js';
import type { LipsyncParams } from './parameters.js';
import { roundToHundredths } from './rules/hundredths.js';

/**
 * Makes the wire task out of the parameters: fills in what the SDK knows, writes URLs as strings,
 * takes the float noise out of segment times, and puts a UUID in the place of each `Blob`. The
 * parameters are read once; nothing of them is in the task.
 *
 * @param params anything: plain JavaScript may pass what is no parameters, and the rules say so.
 * @throws {ValidationError} a value cannot be JSON, such as a Buffer; the rule is `not-json`.
 */
export function prepareTask(params: LipsyncParams): Draft<VideoInferenceTask> {
  const blobs = new Map<Blob, string>();
  const given: Partial<LipsyncParams> = isObject(params) ? params : { ...params };
  const copy = copyJson(given, {
    replace(value, key) {
      if (value instanceof Blob) {
        const standIn = blobs.get(value) ?? randomUUID();
        blobs.set(value, standIn);
        return standIn;
      }
      return typeof value === 'number' && key.endsWith('Time') ? roundToHundredths(value) : value;
    },
    refuse(path, fault) {
      const { taskUUID } = given;
      const remedy = 'Give bytes as new Blob([bytes]), a file as file(path) from @sync3/sdk/node';
      const message = `${nameOf(path)} ${fault}, which JSON cannot carry. ${remedy}, the rest as plain data.`;
      const issues: Issue[] = [];
      fail(issues, 'not-json', path, message, 'docs');
      throw new ValidationError(issues, typeof taskUUID === 'string' ? { taskUUID } : {});
    },
  });
  const task: VideoInferenceTask = {
    ...taskConstants,
    ...(copy as Omit<VideoInferenceTask, 'taskType' | 'model'>),
  };
  const { speech } = task as { speech?: { voice?: unknown } };
  if (isObject(speech)) speech['voice'] ??= defaultVoice;
  return { task, blobs };
}
