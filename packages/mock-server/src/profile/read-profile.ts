import { readFileSync } from 'node:fs';
import type { Profile } from './profile.js';
import { type Question, questions } from './questions.js';

/**
 * Which answers a server gives to the open questions: what documents and captures suggest; what was
 * observed of the real API (openapi/observed.json), else what is documented; or what is hardest for a
 * client.
 */
export type ProfileName = 'documented' | 'observed' | 'worst-case';

/** The names of the profiles. */
export const profileNames: readonly ProfileName[] = ['documented', 'observed', 'worst-case'];

const carried = new URL('../observed.json', import.meta.url);

/**
 * The answers of a profile.
 *
 * @param profile a name, or answers that take the place of the documented ones.
 * @throws {Error} there is no such profile, question or answer.
 */
export function readProfile(profile: ProfileName | Partial<Profile> = 'documented'): Profile {
  if (profile === 'documented') return answersOf(({ documented }) => documented);
  if (profile === 'worst-case') return answersOf(({ worstCase }) => worstCase);
  const own = profile === 'observed' ? readObserved() : profile;
  if (typeof own !== 'object' || own === null) {
    throw new Error(`profile must be one of ${profileNames.join(', ')}, or answers, not ${own}.`);
  }
  for (const [key, answer] of Object.entries(own)) assertAnswers(key, answer);
  return { ...answersOf(({ documented }) => documented), ...own };
}

function readObserved(): Partial<Profile> {
  return JSON.parse(readFileSync(carried, 'utf8')).answers;
}

function answersOf(choose: (question: Question<string | number>) => string | number): Profile {
  return Object.fromEntries(
    Object.entries(questions).map(([key, question]) => [key, choose(question)]),
  ) as unknown as Profile;
}

function assertAnswers(key: string, answer: unknown): void {
  const known: Record<string, Question<string | number>> = questions;
  const question = Object.hasOwn(known, key) ? known[key] : undefined;
  if (!question) {
    const list = Object.keys(known).join(', ');
    throw new Error(`profile: there is no question ${key}; there are ${list}.`);
  }
  if (!question.answers.includes(answer as string)) {
    const list = question.answers.join(', ');
    throw new Error(`profile: ${key} must be one of ${list}, not ${answer}.`);
  }
}
