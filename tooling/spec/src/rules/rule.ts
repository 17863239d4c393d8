import type { JsonObject } from '../diff/pointer.ts';

/** What the rules say of one value, read from its schema. */
export type Rule = ObjectRule | ListRule | ScalarRule;

interface Common {
  /** Whether `null` is as good. */
  isNullable: boolean;
  /** Name of the component that the schema is, if it is one. */
  component: string | undefined;
}

export interface ObjectRule extends Common {
  kind: 'object';
  properties: Map<string, Rule>;
  required: string[];
  /** Whether it has no other properties than these. */
  isClosed: boolean;
}

export interface ListRule extends Common {
  kind: 'array';
  items: Rule;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
}

export interface ScalarRule extends Common {
  /** `any`: what the assertions leave. */
  kind: 'string' | 'number' | 'integer' | 'boolean' | 'any';
  assertions: Assertion[];
}

/** What one keyword says of a scalar. */
export type Assertion =
  | { kind: 'choices'; keyword: string; choices: unknown[] }
  /** Text of any of these formats. */
  | { kind: 'formats'; keyword: string; formats: string[] }
  | { kind: 'limit'; keyword: string; limit: unknown };

/** An assertion about several properties of an object together, which no generated rule implements. */
export interface CrossFieldAssertion {
  /** Names from the task, `[]` for the elements of a list. */
  place: string[];
  keyword: string;
  /** What the schema says there; of `if`, with its `then` and `else`. */
  value: JsonObject;
  /** JSON Pointer in the document. */
  pointer: string;
}
