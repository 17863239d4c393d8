import { inside, type ObjectCheck, report } from './check.js';

/** `dependentRequired`: where one property is given, so must the other be. */
export function requires(given: string, needed: string): ObjectCheck {
  return (value, place, issues) => {
    if (value[given] === undefined || value[needed] !== undefined) return;
    const { name } = inside(place, given);
    const { path } = inside(place, needed);
    report(issues, { name, path }, 'dependentRequired', `is missing; ${given} needs it`);
  };
}
