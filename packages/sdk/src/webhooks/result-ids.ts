import type { VideoFailure } from '../results.js';

/** Characters of the API's text that an id holds. */
const maxLength = 200;

/**
 * The API's text in the form of ids, which stand in databases and logs: escapes control characters
 * (PostgreSQL takes no NUL), bidirectional overrides, line separators and halves of characters.
 */
function idText(text: string): string {
  return text
    .slice(0, maxLength)
    .toLowerCase()
    .replace(
      /[\p{C}\p{Zl}\p{Zp}]/gu,
      (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
    );
}

export function videoId(taskUUID: string, videoUUID: string): string {
  return `${taskUUID}/${idText(videoUUID)}`;
}

/** Says that every failure of the task that the API showed has been handed on. */
export function failuresId(taskUUID: string): string {
  return `${taskUUID}/failure`;
}

/**
 * The ids of failures, to which the API gives none: by what they say, and those that say the same by
 * their number. Positions would not do: a result that is listed first may fail last.
 */
export function failureIds(taskUUID: string, failures: readonly VideoFailure[]): string[] {
  const counts = new Map<string, number>();
  return failures.map(({ code, message }) => {
    const text = idText(`${code}/${message}`);
    const count = counts.get(text) ?? 0;
    counts.set(text, count + 1);
    return `${failuresId(taskUUID)}/${count}/${text}`;
  });
}
