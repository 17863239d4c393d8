import type { Json } from '../places.ts';
import type { Case } from '../try-case.ts';

const bumps = ['major', 'minor', 'patch', null] as const;

/** Several changes in one document, each of which must come to what it comes to alone. */
export function combined(name: string, cases: readonly Case[]): Case {
  const all = <Key extends keyof Case>(key: Key) => cases.flatMap((one) => one[key] ?? []);
  const weights = cases.map(({ bump }) => [bump].flat().map((one) => bumps.indexOf(one)));
  const onWire: Json = Object.assign({}, ...cases.map((one) => one.onWire));
  return {
    name,
    change: (document) => {
      for (const one of cases) one.change(document);
    },
    // Where several will do for one, the lightest of them counts.
    bump: bumps[Math.min(...weights.map((some) => Math.max(...some)))] ?? null,
    says: all('says') as string[],
    properties: all('properties') as NonNullable<Case['properties']>,
    legal: all('legal') as Json[],
    illegal: all('illegal') as Json[],
    compiles: all('compiles') as string[],
    miscompiles: all('miscompiles') as string[],
    onWire,
    knowsPlannedItems: cases.some((one) => one.knowsPlannedItems),
  };
}
