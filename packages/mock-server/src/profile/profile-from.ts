import { readFileSync } from 'node:fs';
import type { Profile } from './profile.js';
import { type ProfileName, profileNames } from './read-profile.js';

/**
 * The profile that a command line names.
 *
 * @param nameOrPath one of `profileNames`, or a JSON file with `answers`, such as `sync3 conform`
 * writes.
 * @throws {Error} it is neither.
 */
export function profileFrom(nameOrPath: string): ProfileName | Partial<Profile> {
  const name = profileNames.find((known) => known === nameOrPath);
  if (name) return name;
  let answers: unknown;
  try {
    ({ answers } = JSON.parse(readFileSync(nameOrPath, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'it is not JSON' : (cause as Error).message;
    throw new Error(
      `--profile takes ${profileNames.join(', ')}, or a file with answers, not "${nameOrPath}": ${reason}`,
      { cause },
    );
  }
  if (typeof answers === 'object' && answers !== null) return answers;
  throw new Error(`--profile: the file ${nameOrPath} has no object "answers"`);
}
