import type { Exchange } from './exchange.js';

/** What was found out about one question: its answer, or why it is still open. */
export type Observation =
  | {
      readonly question: QuestionName;
      /** In the words of the emulator's profiles where those have one, else in words of its own. */
      readonly answer: string | number;
      readonly evidence: readonly Exchange[];
    }
  | {
      readonly question: QuestionName;
      readonly open: string;
      readonly evidence: readonly Exchange[];
    };

/** A question of the emulator's profiles, or one that only time answers. */
export type QuestionName =
  | keyof import('@sync3/mock-server').Profile
  | 'resultRetention'
  | 'urlRetention';

/** How long the API keeps things: questions that no emulator answers otherwise. */
export const retentionQuestions = {
  resultRetention: {
    question: 'How long does getResponse tell of a finished job?',
    touches: ['decision 4', 'decision 11'],
  },
  urlRetention: {
    question: 'How long does the URL of a video without a ttl last?',
    touches: ['decision 10'],
  },
} as const;

/** What was read, as an observation. */
export function observed(
  question: QuestionName,
  { answer, evidence }: { answer: string | number | undefined; evidence: Exchange[] },
): Observation {
  if (answer !== undefined) return { question, answer, evidence };
  return { question, open: 'its answers did not agree', evidence };
}

/** Questions that an experiment could not settle. */
export function left(questions: readonly QuestionName[], open: string): Observation[] {
  return questions.map((question) => ({ question, open, evidence: [] }));
}
