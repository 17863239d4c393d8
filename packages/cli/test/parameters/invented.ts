import type { Parameter } from '@sync3/generated/parameters';

/** A parameter with nothing special about it. */
export function parameter(
  path: string,
  type: Parameter['type'],
  more: Partial<Parameter> = {},
): Parameter {
  return {
    path: path.split('.'),
    type,
    isRequired: false,
    isMedia: false,
    isNullable: false,
    isDeprecated: false,
    rules: [`${path.replaceAll('.[]', '[]')}.type`],
    ...more,
  };
}

/** A document that nobody has written: one parameter of each kind, at each kind of place. */
export const invented: readonly Parameter[] = [
  parameter('kind', 'string', { isRequired: true, choices: [{ value: 'invention' }] }),
  parameter('seed', 'integer', {
    description: 'Makes results repeatable. Any number will do.',
    minimum: 0,
    maximum: 4_294_967_295,
  }),
  parameter('outputFormat', 'string', {
    choices: [{ value: 'MP4' }, { value: 'GIF' }],
    default: 'MP4',
  }),
  parameter('timeout', 'integer', { description: 'Seconds that the server may take.' }),
  parameter('inputs', 'object', { isRequired: true }),
  parameter('inputs.image', 'string', { isRequired: true, isMedia: true, title: 'Image' }),
  parameter('settings', 'object'),
  parameter('settings.temperature', 'number', {
    description: 'How free the motion is.',
    minimum: 0,
    maximum: 1,
    multipleOf: 0.01,
    default: 0.5,
  }),
  parameter('settings.caption', 'string', { minLength: 1, maxLength: 2000 }),
  parameter('settings.loop', 'boolean', { default: false }),
  parameter('settings.mood', 'string', {
    description: 'What the face shows.',
    choices: [
      { value: 'calm', description: 'Moves little.' },
      { value: 'lively', description: 'Moves a lot.' },
    ],
    default: 'calm',
  }),
  parameter('settings.quality', 'string', { isDeprecated: true, description: 'Has no effect.' }),
  parameter('settings.seed', 'integer', { isNullable: true }),
  parameter('settings.region', 'object'),
  parameter('settings.region.editRegion', 'string', {
    choices: [{ value: 'Face' }, { value: 'Lips' }],
  }),
  parameter('settings.region.points', 'array', { minItems: 1 }),
  parameter('settings.region.points.[]', 'number'),
  parameter('settings.scenes', 'array', { description: 'Parts of the clip.' }),
  parameter('settings.scenes.[]', 'object'),
  parameter('settings.scenes.[].startTime', 'number', { isRequired: true, minimum: 0 }),
  parameter('settings.scenes.[].picture', 'string', { isMedia: true }),
  parameter('settings.extra', 'any'),
];
