import type { DocumentNode, OpenApiDocument } from './document.js';
import type { Finding } from './finding.js';

/** A place in a request body where a number has to be a multiple of a fraction. */
interface Multiple {
  /** Property names, and `*` for every element of a list. */
  path: string[];
  divisor: number;
}

/**
 * Finds numbers that are no multiple of a fractional `multipleOf`, read on their decimal text as
 * JSON has it: 0.07 is a multiple of 0.01, although their binary quotient is not whole.
 */
export function createMultiplesCheck(document: OpenApiDocument): (task: unknown) => Finding[] {
  const { schemas } = document.components;
  const multiples = collect({ $ref: '#/components/schemas/VideoInferenceTask' }, [], schemas);
  return (task) =>
    multiples.flatMap(({ path, divisor }) =>
      valuesAt(task, path)
        .filter(({ value }) => typeof value === 'number' && !isMultiple(value, divisor))
        .map(({ value, path }) => ({
          path,
          keyword: 'multipleOf',
          message: `${value} is not a multiple of ${divisor}`,
        })),
    );
}

function collect(
  schema: DocumentNode,
  path: string[],
  schemas: Record<string, DocumentNode>,
): Multiple[] {
  const { $ref, properties, items, multipleOf } = schema;
  const found: Multiple[] = [];
  if (typeof $ref === 'string') {
    const target = schemas[$ref.replace('#/components/schemas/', '')];
    if (target) found.push(...collect(target, path, schemas));
  }
  if (typeof multipleOf === 'number' && !Number.isInteger(multipleOf)) {
    found.push({ path, divisor: multipleOf });
  }
  for (const [name, property] of Object.entries((properties ?? {}) as object)) {
    found.push(...collect(property, [...path, name], schemas));
  }
  if (items) found.push(...collect(items as DocumentNode, [...path, '*'], schemas));
  return found;
}

interface PlacedValue {
  value: unknown;
  path: string[];
}

function valuesAt(root: unknown, path: string[]): PlacedValue[] {
  return path.reduce<PlacedValue[]>(
    (places, step) =>
      places.flatMap(({ value, path }) => {
        if (step === '*') {
          if (!Array.isArray(value)) return [];
          return value.map((element, index) => ({ value: element, path: [...path, `${index}`] }));
        }
        if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return [];
        return [{ value: (value as DocumentNode)[step], path: [...path, step] }];
      }),
    [{ value: root, path: [] }],
  );
}

/** Exact on the decimal texts of both numbers. */
export function isMultiple(value: number, divisor: number): boolean {
  if (!Number.isFinite(value)) return false;
  const [a, b] = [toDecimal(value), toDecimal(divisor)];
  const exponent = Math.min(a.exponent, b.exponent);
  const whole = ({ digits, exponent: own }: Decimal) => digits * 10n ** BigInt(own - exponent);
  return whole(a) % whole(b) === 0n;
}

/** `digits * 10 ** exponent`. */
interface Decimal {
  digits: bigint;
  exponent: number;
}

function toDecimal(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = `${value}`.split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
