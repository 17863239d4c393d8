import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { locations } from '../locations.ts';

/** Something that an example application relies on, and that the new document would not give. */
export interface BrokenContract {
  /** The contract, from the root of the repository. */
  file: string;
  side: 'request' | 'answer';
  taskType?: string;
  /** JSON Pointer into the task, row or error. */
  pointer: string;
  today: string;
  newly: string;
}

/** The applications of this repository that have a contract: the first users that a change meets. */
const contracts = ['examples/contract-testing/sync3.contract.json'];

/**
 * Holds the new composed document against what the example applications rely on. The mock server does
 * it, as it was built before the update; where it was never built, nothing is said.
 */
export async function brokenContracts({
  root,
  composed,
}: Pick<typeof locations, 'root' | 'composed'>): Promise<BrokenContract[]> {
  const broken: BrokenContract[] = [];
  for (const file of contracts) {
    const text = await readFile(join(root, file), 'utf8').catch(() => undefined);
    const checkContract = text && (await loadCheck(root));
    if (!checkContract) continue;
    const document = pathToFileURL(composed);
    const found = await checkContract(JSON.parse(text), { document });
    broken.push(...found.map((each) => ({ ...each, file })));
  }
  return broken;
}

type Check = (
  contract: unknown,
  options: { document: URL },
) => Promise<Omit<BrokenContract, 'file'>[]>;

async function loadCheck(root: string): Promise<Check | undefined> {
  const entry = pathToFileURL(join(root, 'packages/mock-server/dist/index.js'));
  try {
    return (await import(entry.href)).checkContract;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** In lines for a terminal. */
export function printBrokenContracts(broken: readonly BrokenContract[]): string[] {
  return broken.map(
    ({ file, side, taskType = 'any task', pointer, today, newly }) =>
      `${file}: ${side} ${taskType} ${pointer || '/'}: ${today} today, then ${newly}`,
  );
}
