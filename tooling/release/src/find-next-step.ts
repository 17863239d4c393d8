import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages } from './packages/published-packages.ts';
import { isPublished } from './packages/registry.ts';
import { reportFailure } from './report-failure.ts';
import { setOutput } from './set-output.ts';

/**
 * What the state of the repository asks for. `version`: changesets wait to become versions.
 * `publish`: a version is not on the registry yet. `done`: neither.
 */
type Step = 'version' | 'publish' | 'done';

/** Names of the files of the changesets that wait. */
export function pendingChangesets(repository: string): string[] {
  return readdirSync(join(repository, '.changeset')).filter(
    (name) => name.endsWith('.md') && name !== 'README.md',
  );
}

async function findNextStep(repository: string): Promise<Step> {
  if (pendingChangesets(repository).length > 0) return 'version';
  for (const { name, version } of publishedPackages(repository)) {
    if (!(await isPublished(name, version))) return 'publish';
  }
  return 'done';
}

/** `node find-next-step.ts`, in the repository */
if (import.meta.main) {
  await reportFailure(async () => setOutput('step', await findNextStep(process.cwd())));
}
