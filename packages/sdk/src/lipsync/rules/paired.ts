import { type ObjectCheck, report } from '@sync3/generated/rules';

/** `dependentRequired` both ways: where one of two properties is given, so must the other be. */
export function paired(one: string, other: string): ObjectCheck {
  return (value, at) => {
    const [given, needed] = value[one] === undefined ? [other, one] : [one, other];
    if (value[given] === undefined || value[needed] !== undefined) return;
    report(at, 'dependentRequired', `is missing; ${given} needs it`, given, needed);
  };
}
