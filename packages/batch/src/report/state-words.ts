import type { ItemState } from '../ledger/item-state.js';

/** What a state is called for people, and what it means. */
export const stateWords: Record<ItemState, { name: string; meaning: string }> = {
  planned: { name: 'Waiting', meaning: 'Not submitted yet.' },
  queued: { name: 'Queued', meaning: 'Given to the workers.' },
  submitting: {
    name: 'Being submitted',
    meaning: 'A worker is sending it, or ended while it did. The next worker finds out.',
  },
  submitted: { name: 'Being made', meaning: 'The API has accepted the job.' },
  rendered: { name: 'Being delivered', meaning: 'The API has finished; its files are fetched.' },
  succeeded: { name: 'Done', meaning: 'All of its videos came.' },
  'partially-failed': { name: 'Partly failed', meaning: 'Some of its videos came.' },
  failed: { name: 'Failed', meaning: 'None of its videos came.' },
  ambiguous: {
    name: 'Unclear',
    meaning:
      'Nobody can say what became of the job. It is looked at again, and never submitted again by itself.',
  },
};
