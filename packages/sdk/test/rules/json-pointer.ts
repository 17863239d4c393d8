/** Whether something stands at the JSON Pointer; throws when it is not one. */
export function resolves(value: unknown, pointer: string): boolean {
  if (!/^(?:\/(?:[^~/]|~[01])*)*$/s.test(pointer)) throw new Error(`${pointer} is no JSON Pointer`);
  const steps = pointer.split('/').slice(1);
  let current = value;
  for (const step of steps) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(current) && !/^(?:0|[1-9]\d*)$/.test(key)) return false;
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) {
      return false;
    }
    current = Object.getOwnPropertyDescriptor(current, key)?.value;
  }
  return true;
}
