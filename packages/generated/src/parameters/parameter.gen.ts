/** One parameter of the task, as the document describes it. */
export interface Parameter {
  /**
   * Names from the task's root; `[]` stands for an element of a list:
   * `['settings', 'segments', '[]', 'startTime']`. An element has an entry of its own.
   */
  path: readonly string[];
  /** `any` where the document names no type, or several beside `null`. */
  type: 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'any';
  /** Whether its object must have it. */
  isRequired: boolean;
  /** Whether it takes a media UUID or the URL of a file. */
  isMedia: boolean;
  isNullable: boolean;
  isDeprecated: boolean;
  title?: string;
  description?: string;
  default?: unknown;
  format?: string;
  /** The only values it takes, with the document's words on each. */
  choices?: readonly Choice[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  /** Of a string, in Unicode code points. */
  minLength?: number;
  maxLength?: number;
  /** A regular expression (ECMA-262, `u`). */
  pattern?: string;
  minItems?: number;
  maxItems?: number;
  /** The names of the schema's rules about it, such as `settings.tts.stability.maximum`. */
  rules: readonly string[];
}

/** One of the values that a parameter takes. */
export interface Choice {
  value: string | number | boolean;
  title?: string;
  description?: string;
}
