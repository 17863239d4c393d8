import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishedPackages } from './packages/published-packages.ts';
import { releaseNotes } from './packages/release-notes.ts';
import { inertMarkdown } from './proposal/inert-markdown.ts';
import { reportFailure } from './report-failure.ts';
import { requireEnvironment } from './require-environment.ts';
import { runProgram } from './run-program.ts';

/**
 * Makes a tag and a release on GitHub of each version that is published and has none.
 *
 *     node create-releases.ts, in the repository, with GITHUB_SHA in the environment
 */
await reportFailure(async () => {
  const repository = process.cwd();
  const commit = requireEnvironment('GITHUB_SHA');
  const folder = mkdtempSync(join(tmpdir(), 'sync3-release-'));
  const notesFile = join(folder, 'notes.md');
  try {
    const tags = await existingTags(repository);
    for (const each of publishedPackages(repository)) {
      const tag = `${each.name}@${each.version}`;
      if (tags.has(tag)) continue;
      writeFileSync(notesFile, inertMarkdown(releaseNotes(each)));
      const details = ['--target', commit, '--title', tag, '--notes-file', notesFile];
      await runProgram('gh', ['release', 'create', tag, ...details], repository);
      console.log(`${tag} has a release.`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function existingTags(repository: string): Promise<Set<string>> {
  const parameters = ['release', 'list', '--limit', '1000', '--json', 'tagName'];
  const releases: { tagName: string }[] = JSON.parse(
    await runProgram('gh', parameters, repository),
  );
  return new Set(releases.map(({ tagName }) => tagName));
}
