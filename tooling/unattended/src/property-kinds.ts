/** A kind of property that Runware may add, with values for it. */
export interface PropertyKind {
  /** Its names are made of it. */
  name: string;
  schema: object;
  /** Values that the schema takes, the first of which is sent. */
  legal: readonly unknown[];
  illegal: readonly unknown[];
  /** A value that its type does not take. */
  wrongType: unknown;
}

const choices = [
  { const: 'calm', title: 'Calm', description: 'The voice stays even.' },
  { const: 'lively', title: 'Lively', description: 'The voice rises and falls.' },
];

/** Properties with one value each. */
export const scalarKinds: readonly PropertyKind[] = [
  {
    name: 'Number',
    schema: { type: 'number', title: 'Try Number', minimum: 0, maximum: 1, multipleOf: 0.01 },
    legal: [0.07, 0, 1],
    illegal: [1.01, -0.01, 0.005, '0.5', null],
    wrongType: 'half',
  },
  {
    name: 'Integer',
    schema: { type: 'integer', description: 'Frames a second.', minimum: 1, maximum: 60 },
    legal: [24, 1, 60],
    illegal: [0, 61, 24.5, '24'],
    wrongType: 'many',
  },
  {
    name: 'String',
    schema: { type: 'string', description: 'A note.', minLength: 2, maxLength: 6 },
    // Lengths are counted in code points.
    legal: ['note', '👄👄', '👄👄👄👄👄👄'],
    illegal: ['n', '👄', 'a long note', 5],
    wrongType: 5,
  },
  {
    name: 'Boolean',
    schema: { type: 'boolean', description: 'Whether it is tried.', default: false },
    legal: [true, false],
    illegal: ['true', 1, null],
    wrongType: 'yes',
  },
  {
    name: 'Enum',
    schema: { type: 'string', description: 'How far.', enum: ['near', 'far'] },
    legal: ['far', 'near'],
    illegal: ['Far', '', 1],
    wrongType: 'elsewhere',
  },
  {
    name: 'Choice',
    schema: { type: 'string', description: 'How it sounds.', default: 'calm', oneOf: choices },
    legal: ['lively', 'calm'],
    illegal: ['loud', '', false],
    wrongType: 'loud',
  },
];

const objectOf = (value: string) => ({ objectNumber: 0.07, objectChoice: value });

/** An object of scalars. */
export const objectKind: PropertyKind = {
  name: 'Object',
  schema: {
    type: 'object',
    title: 'Try Object',
    properties: Object.fromEntries(
      scalarKinds.map(({ name, schema }) => [`object${name}`, schema]),
    ),
    required: ['objectNumber'],
    additionalProperties: false,
  },
  legal: [objectOf('lively'), { objectNumber: 1 }],
  illegal: [{}, objectOf('loud'), { objectNumber: 2 }, { ...objectOf('calm'), unknown: 1 }, []],
  wrongType: { objectNumber: 'half' },
};
