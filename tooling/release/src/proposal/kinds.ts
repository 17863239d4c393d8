import type { Proposal } from './proposal.ts';

/** What the workflows may propose: where it goes, what it is called, which files it may touch. */
interface Kind {
  branch: string;
  title(proposal: Proposal): string;
  allowed: RegExp;
  /** The sentence below the text. */
  note: string;
}

const kept =
  'Commits that people add to this branch are never overwritten: the workflow then leaves it alone.';

/** By the name that the workflows use. */
export const kinds: Record<string, Kind> = {
  'spec-update': {
    branch: 'spec-update',
    title: ({ bump }) => {
      const type = { major: 'feat!', minor: 'feat', patch: 'fix' }[bump ?? 'patch'];
      return `${type}: follow the new document of sync-3`;
    },
    // The document, what it is composed to, the client made of it, the reports on what the packages
    // export, and the changeset.
    allowed:
      /^(openapi\/upstream\/[\w.-]+\.json|openapi\/[\w.-]+\.json|packages\/generated\/src\/[\w./-]+\.ts|packages\/[\w-]+\/api\/[\w.-]+\.md|\.changeset\/[\w-]+\.md)$/,
    note: `Runware has changed its document; \`pnpm spec:update\` made this of it. ${kept}`,
  },
  release: {
    branch: 'release',
    title: () => 'chore: release',
    // The versions, their changelogs, and the changesets that are used up.
    allowed: /^(packages\/[\w-]+\/(package\.json|CHANGELOG\.md)|\.changeset\/[\w-]+\.md)$/,
    note: `Merging this publishes the versions above. ${kept}`,
  },
};
