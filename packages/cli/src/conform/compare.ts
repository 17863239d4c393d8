import type { Question } from '@sync3/mock-server';
import type { Exchange } from './exchange.js';
import { type Observation, type QuestionName, retentionQuestions } from './observation.js';

/** One question, and what the API and the emulator answer. */
export interface Comparison {
  readonly name: QuestionName;
  readonly question: string;
  /** What the API answers; `undefined` while it is open. */
  readonly api: string | number | undefined;
  readonly emulator: string | number | undefined;
  readonly verdict: 'same' | 'different' | 'open';
  /** Why it is open. */
  readonly reason?: string;
  /** Whether a profile of the emulator can give the API's answer. */
  readonly isPlayable: boolean;
  /** What to read again when they differ: decisions, overlays. */
  readonly touches: readonly string[];
  readonly evidence: readonly Exchange[];
}

type Questions = Record<string, Question<string | number>>;

/** Holds what the API has answered against the emulator, question by question. */
export function compare(
  questions: Questions,
  api: readonly Observation[],
  emulator: readonly Observation[],
): Comparison[] {
  const known = { ...questions, ...retentionQuestions };
  return Object.entries(known).map(([key, { question, touches }]) => {
    const name = key as QuestionName;
    const observation = api.find((each) => each.question === name);
    const expected = answerOf(emulator.find((each) => each.question === name));
    const answer = answerOf(observation);
    const about = { name, question, api: answer, emulator: expected, touches };
    const evidence = observation?.evidence ?? [];
    if (answer === undefined) {
      const reason = observation && 'open' in observation ? observation.open : 'not asked yet';
      return { ...about, verdict: 'open', reason, isPlayable: false, evidence };
    }
    const isPlayable = questions[name]?.answers.includes(answer) ?? false;
    return { ...about, verdict: answer === expected ? 'same' : 'different', isPlayable, evidence };
  });
}

/** The API's answers that a profile of the emulator can give. */
export function answersIn(comparisons: readonly Comparison[]): Record<string, string | number> {
  const playable = comparisons.filter(({ isPlayable }) => isPlayable);
  return Object.fromEntries(
    playable.flatMap(({ name, api }) => (api === undefined ? [] : [[name, api]])),
  );
}

function answerOf(observation: Observation | undefined): string | number | undefined {
  return observation && 'answer' in observation ? observation.answer : undefined;
}
