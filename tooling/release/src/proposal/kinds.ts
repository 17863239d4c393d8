import type { Proposal } from './proposal.ts';

/** What the workflows may propose: where it goes, what it is called, which files it may touch. */
interface Kind {
  branch: string;
  title(proposal: Proposal): string;
  /** The title of the issue that is opened where there is no change to propose. */
  issue?: string;
  allowed: RegExp;
  /** The sentence below the text. */
  note: string;
}

const kept =
  'Commits that people add to this branch are never overwritten: the workflow then leaves it alone.';

const typeOf = ({ bump }: Proposal) =>
  ({ major: 'feat!', minor: 'feat', patch: 'fix' })[bump ?? 'patch'];

// The document, what it is composed to, what is generated of it, the reports on what the packages
// export, the documents that list parameters, options and constraints, and the changeset.
const followsDocument =
  /^(openapi\/upstream\/[\w.-]+\.json|openapi\/[\w.-]+\.json|packages\/generated\/src\/[\w./-]+\.ts|packages\/[\w-]+\/api\/[\w.-]+\.md|docs\/(cli|parameters|contract-coverage)\.md|\.changeset\/[\w-]+\.md)$/;

/** By the name that the workflows use. */
export const kinds: Record<string, Kind> = {
  'spec-update': {
    branch: 'spec-update',
    title: (proposal) => `${typeOf(proposal)}: follow the new document of sync-3`,
    allowed: followsDocument,
    note: `Runware has changed its document; \`pnpm spec:update\` made this of it. ${kept}`,
  },
  'held-back': {
    branch: 'spec-update-held-back',
    title: (proposal) =>
      `${typeOf(proposal)}: what the new document of sync-3 leaves for a person to decide`,
    issue: 'The new document of sync-3 cannot be taken',
    allowed: followsDocument,
    note: `Runware has changed its document; this is what \`pnpm spec:update\` makes of all of it. ${kept}`,
  },
  release: {
    branch: 'release',
    title: () => 'chore: release',
    // The versions, their changelogs, and the changesets that are used up.
    allowed: /^(packages\/[\w-]+\/(package\.json|CHANGELOG\.md)|\.changeset\/[\w-]+\.md)$/,
    note: `Merging this publishes the versions above. ${kept}`,
  },
};
