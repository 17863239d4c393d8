import type { Deviation } from '../gateway/deviations.js';

/**
 * A deviation as a line: a workflow command of GitHub Actions, which shows it at the run, or plain
 * text elsewhere.
 */
export function annotation(deviation: Deviation, isGitHub: boolean): string {
  const { kind, side, taskType, pointer, message, count } = deviation;
  const place = [side, taskType, pointer || '/'].filter((part) => part !== undefined).join(' ');
  const text = `${place}: ${message} (${count} ×)`;
  const title = kind === 'violation' ? 'Breaks the document' : 'Unknown field';
  if (!isGitHub) return `${title}: ${text}`;
  const level = kind === 'violation' ? 'error' : 'warning';
  return `::${level} title=${title}::${escaped(text)}`;
}

/** What a workflow command would read as its end (actions/toolkit, command.ts). */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
