import { type ObjectCheck, report } from './check.js';

/** `dependentRequired`: where one property is given, so must the other be. */
export function requires(given: string, needed: string): ObjectCheck {
  return (value, path, issues) => {
    if (value[given] === undefined || value[needed] !== undefined) return;
    const fault = `is missing; ${given} needs it`;
    report(issues, `${path}/${given}`, 'dependentRequired', fault, `${path}/${needed}`);
  };
}
