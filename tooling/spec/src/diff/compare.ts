import { isSame } from './canonical.ts';
import { compareDefault, compareDeprecation, isProse, proseText } from './compare-annotations.ts';
import { compareFieldRules } from './compare-field-rules.ts';
import { compareLimit } from './compare-limits.ts';
import {
  compareAccess,
  compareOpenness,
  comparePatterns,
  compareProperty,
  compareRequired,
} from './compare-properties.ts';
import { compareListing, compareUnion, compareValues } from './compare-values.ts';
import type { Direction, Finding } from './finding.ts';
import type { Unit } from './units.ts';
import { valuesOf } from './words.ts';

/** Compares one keyword before and after; `undefined` when it means the same. */
export function compare(unit: Unit, direction: Direction): Finding | undefined {
  const { keyword } = unit;
  const [old, current] = [unit.old.schema, unit.current.schema];
  if (keyword === 'properties') return compareProperty(unit, direction);
  if (keyword === 'rules') return compareFieldRules(unit, direction);
  if (valueKeywords.includes(keyword)) {
    const [values, newValues] = [valuesOf(old), valuesOf(current)];
    if (values && newValues) {
      // The same choices in another form, such as `enum` in place of `oneOf`, are the same choices.
      if (isSame({ enum: values }, { enum: newValues }) && !haveSameForm(old, current))
        return undefined;
      return compareValues(values, newValues, direction);
    }
    if (keyword === 'const' || keyword === 'enum') {
      return compareListing(values, newValues, direction);
    }
  }
  if (keyword === 'minimum' || keyword === 'maximum') {
    return compareLimit(keyword, old, current, direction);
  }
  if (keyword === 'required') return compareRequired(unit, direction);
  if (isSame(old[keyword], current[keyword])) return undefined;
  if (keyword === 'default') return compareDefault(old, current, direction);
  if (keyword === 'additionalProperties') return compareOpenness(old, current, direction);
  if (keyword === 'patternProperties') return comparePatterns(old, current, direction);
  if (isProse(keyword)) return { group: 'Fixed', text: proseText(keyword, current[keyword]) };
  if (keyword === 'deprecated') return compareDeprecation(current);
  if (keyword === 'oneOf' || keyword === 'anyOf') return compareUnion(unit, direction);
  if (keyword === 'readOnly' || keyword === 'writeOnly') {
    return compareAccess(keyword, current[keyword] === true, direction);
  }
  return compareLimit(keyword, old, current, direction);
}

const valueKeywords = ['const', 'enum', 'oneOf', 'anyOf'];

const haveSameForm = (old: object, current: object) =>
  valueKeywords.every((keyword) => keyword in old === keyword in current);
