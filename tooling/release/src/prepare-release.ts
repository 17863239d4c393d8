import { join } from 'node:path';
import { prepareToolchain } from '../../workspace/toolchain.mjs';
import { publishedPackages } from './packages/published-packages.ts';
import { releaseNotes } from './packages/release-notes.ts';
import { writePatch, writeProposal } from './proposal/proposal.ts';
import { reportFailure } from './report-failure.ts';
import { repositoryRoot } from './repository-root.ts';
import { requireEnvironment } from './require-environment.ts';
import { runProgram } from './run-program.ts';

/**
 * Gives the packages the versions that the pending changesets ask for.
 *
 * @throws {Error} no changeset is pending, or one cannot be read.
 */
export async function applyChangesets(repository: string): Promise<void> {
  const changeset = join(repositoryRoot, 'node_modules/.bin/changeset');
  await runProgram(changeset, ['version'], repository);
}

/** Keeps the next versions and their changelogs as a proposal. */
export async function prepareRelease(repository: string, folder: string): Promise<void> {
  const before = new Map(publishedPackages(repository).map(({ name, version }) => [name, version]));
  await applyChangesets(repository);
  await writePatch(repository, folder);
  const released = publishedPackages(repository).filter(
    ({ name, version }) => before.get(name) !== version,
  );
  const sections = released.map(
    (each) => `## ${each.name} ${each.version}\n\n${releaseNotes(each)}`,
  );
  writeProposal(folder, { bump: null, text: sections.join('\n\n'), failures: [] });
}

/** `node prepare-release.ts`, in the repository, with PROPOSAL (a folder) in the environment. */
if (import.meta.main) {
  await reportFailure(async () => {
    prepareToolchain();
    await prepareRelease(process.cwd(), requireEnvironment('PROPOSAL'));
  });
}
