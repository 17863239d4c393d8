/** What an API does; without anything, it accepts each job and finishes it at once. */
export interface Scenario {
  /** It reads nothing and answers nothing. */
  isDeaf?: boolean;
  /** Where it sends every request, relative to its own address. */
  redirectTo?: string;
  /** What becomes of the first submit. A lost answer is one to a submit that was accepted. */
  firstSubmit?: 'unavailable' | 'lost answer';
  /** Why it accepts no job. */
  refusal?: { code: string; message: string; parameter: string };
  /** Times that its nth job has to be asked for until it has finished, divided by n. */
  looksNeeded?: number;
  /** The results of each job. */
  results?: readonly ('success' | 'error' | 'processing')[];
}

/** What is not named here does nothing special, and is only apart from the others. */
export const scenarios: Record<string, Scenario> = {
  'busy-once': { firstSubmit: 'unavailable' },
  deaf: { isDeaf: true },
  endless: { results: ['processing'] },
  half: { results: ['success', 'error'] },
  'lost-answer': { firstSubmit: 'lost answer' },
  redirecting: { redirectTo: '../landing/v1' },
  refusing: {
    refusal: { code: 'invalidParameter', message: 'Not a video', parameter: 'inputs.video' },
  },
  slow: { looksNeeded: 3 },
};
