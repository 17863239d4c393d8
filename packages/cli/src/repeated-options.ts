/** Options that may be given several times, without the dashes. */
const repeatable = ['set', 'allowed-host', 'only'];

/**
 * Puts all values of such an option behind its first occurrence: `--set a=1 --json --set b=2` becomes
 * `--set a=1 b=2 --json`. yargs would take the last of them alone, as it has to for every other option.
 */
export function gatherRepeated(args: readonly string[]): string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const gathered = new Map<string, string[]>();
  const kept: (string | string[])[] = [];
  for (let index = 0; index < end; index += 1) {
    const arg = args[index] ?? '';
    const [, name = '', inline] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    const next = args[index + 1];
    const value = inline ?? (index + 1 < end && !next?.startsWith('-') ? next : undefined);
    if (!repeatable.includes(name) || value === undefined) {
      kept.push(arg);
      continue;
    }
    if (inline === undefined) index += 1;
    const values = gathered.get(name);
    if (values) values.push(value);
    else {
      const first = [`--${name}`, value];
      gathered.set(name, first);
      kept.push(first);
    }
  }
  return [...kept.flat(), ...args.slice(end)];
}
