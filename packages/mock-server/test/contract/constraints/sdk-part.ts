import type { Constraint } from './constraint.js';

const writesIt = 'not expressible: the SDK writes it itself';

/**
 * What the SDK does about each constraint of the tasks that callers do not write. That it sends
 * nothing else is tested in `sdk-requests.test.ts`, and so is every refusal.
 */
const parts: [pointer: RegExp, part: string][] = [
  [/^RequestBody\/type$/, 'not expressible: the SDK sends a list'],
  [/^Task\//, 'not expressible: the SDK sends the types of task it knows'],
  [/^(ImageUpload|Ping|AccountManagement)Task\//, 'not expressible: the SDK sends no such task'],
  [/Task\/(type|additionalProperties)$/, 'not expressible: the SDK builds the task'],
  [/Task\/properties\/taskType\/const$/, writesIt],
  [/Task\/required\/taskType$/, writesIt],
  [
    /^Get\w+Task\/(required|properties)\/taskUUID/,
    'refused: `tasks.attach`, `tasks.status` and `tasks.details` throw for what is no UUID',
  ],
  [/^MediaStorageTask\/(required|properties)\/(taskUUID|operation)/, writesIt],
  [
    /^MediaStorageTask\/(required\/media|properties\/media\/type)$/,
    'not expressible: every source becomes text',
  ],
  [
    /^MediaStorageTask\/properties\/media\/minLength$/,
    'refused: `media.upload` and `media.delete` throw for empty text',
  ],
  [/^AuthenticationTask\/required\/apiKey$/, 'refused: `new Sync3` throws without a usable key'],
  [/^AuthenticationTask\/properties\/apiKey\/type$/, 'not expressible: every key becomes text'],
  [/^AuthenticationTask\/properties\/connectionSessionUUID/, 'not expressible: never sent'],
];

/** @throws {Error} nothing is said about this constraint. */
export function sdkPart({ pointer, names }: Constraint): string {
  const named = pointer.replace('/components/schemas/', '').replace(/\d+$/, names[0] ?? '');
  const part = parts.find(([pattern]) => pattern.test(named));
  if (!part) throw new Error(`${pointer}: say in sdk-part.ts what the SDK does about it.`);
  return part[1];
}
