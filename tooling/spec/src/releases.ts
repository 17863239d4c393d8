import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenApiDocument } from './compose.ts';
import type { Change, Group } from './diff/change.ts';
import { at, partsOf, referencesIn } from './diff/pointer.ts';

export type Bump = 'major' | 'minor' | 'patch';

const bumps: Bump[] = ['major', 'minor', 'patch'];
const bumpOf: Record<Group, Bump> = { Breaking: 'major', Added: 'minor', Fixed: 'patch' };

/** The weightiest of what the changes are; `null` for none. */
export function weightiest(changes: Change[]): Bump | null {
  return bumps.find((bump) => changes.some(({ group }) => bumpOf[group] === bump)) ?? null;
}

/** The types of `@sync3/generated` that stand in the public types of `@sync3/sdk`. */
export const typesOfSdk = [
  'VideoInferenceTask',
  'ErrorDetail',
  'GetResponseTask',
  'GetTaskDetailsTask',
  'MediaStorageTask',
];

/** A package, its folder, and which changes its users can notice. */
const packages: [name: string, folder: string, isAffected: Filter][] = [
  ['@sync3/generated', 'packages/generated', () => true],
  // Its types have those of the job and of errors in them; the rest of a response it reads itself.
  ['@sync3/sdk', 'packages/sdk', reachesSdk],
  // They take the parameters of the SDK: as lines of a manifest, and as options.
  ['@sync3/batch', 'packages/batch', reachesSdk],
  ['@sync3/cli', 'packages/cli', reachesSdk],
  // It takes what the document takes, and answers what the document says.
  ['@sync3/mock-server', 'packages/mock-server', (change) => isOnTheWire(change)],
];

type Filter = (change: Change, documents: OpenApiDocument[]) => boolean;

/** Which release each affected package needs; below 1.0 a breaking change is a minor one. */
export async function releasesFor(
  changes: Change[],
  documents: OpenApiDocument[],
  root: string,
): Promise<Record<string, Bump>> {
  const releases: Record<string, Bump> = {};
  for (const [name, folder, isAffected] of packages) {
    const bump = weightiest(changes.filter((change) => isAffected(change, documents)));
    if (bump === null) continue;
    const { version } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const isBelowOne = version.startsWith('0.');
    releases[name] = isBelowOne ? (bump === 'major' ? 'minor' : 'patch') : bump;
  }
  return releases;
}

/** Words, and the names of generated functions and types, never leave a machine. */
function isOnTheWire({ group, pointer }: Change): boolean {
  const isName = /\/operationId$|^#\/components\/schemas\/[^/]+$/.test(pointer);
  return group !== 'Fixed' && !isName;
}

function reachesSdk(change: Change, documents: OpenApiDocument[]): boolean {
  if (!isOnTheWire(change)) return false;
  const [area, kind, component] = partsOf(change.pointer);
  // The address, how requests are authorised, and the statuses.
  if (area !== 'components' || kind !== 'schemas') return true;
  return documents.some((document) => typesReachedBySdk(document).has(component ?? ''));
}

/** The types of the SDK, and all that those consist of. */
export function typesReachedBySdk(document: OpenApiDocument): Set<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    for (const reference of referencesIn(at(document, `#/components/schemas/${name}`))) {
      const [, kind, target] = partsOf(reference);
      if (kind === 'schemas' && target !== undefined) visit(target);
    }
  };
  typesOfSdk.forEach(visit);
  return found;
}
