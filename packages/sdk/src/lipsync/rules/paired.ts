import { type ObjectCheck, report } from './check.js';

/** `dependentRequired` both ways: where one of two properties is given, so must the other be. */
export function paired(one: string, other: string): ObjectCheck {
  return (value, path, issues) => {
    const [given, needed] = value[one] === undefined ? [other, one] : [one, other];
    if (value[given] === undefined || value[needed] !== undefined) return;
    const fault = `is missing; ${given} needs it`;
    report(issues, `${path}/${given}`, 'dependentRequired', fault, `${path}/${needed}`);
  };
}
