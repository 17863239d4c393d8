import { expect } from 'vitest';
import { readDocument } from '../../src/source/read-document.ts';
import { SpecError } from '../../src/spec-error.ts';
import { frozenText } from '../frozen/frozen-document.ts';

export const upstream = frozenText;

/** The text of the upstream document after a change. */
// biome-ignore lint/suspicious/noExplicitAny: a test puts anything anywhere.
export function changed(change: (document: any) => void): string {
  const document = JSON.parse(upstream);
  change(document);
  return JSON.stringify(document);
}

/** The text of the upstream document with more schemas; the first is called `Added`. */
export function withSchema(schema: unknown, others: Record<string, unknown> = {}): string {
  return changed((document) => {
    Object.assign(document.components.schemas, { Added: schema, ...others });
  });
}

/** The message of the SpecError with which a text is refused. */
export function refusal(text: string): string {
  let error: unknown;
  try {
    readDocument(text);
  } catch (reason) {
    error = reason;
  }
  expect(error).toBeInstanceOf(SpecError);
  return (error as SpecError).message;
}
