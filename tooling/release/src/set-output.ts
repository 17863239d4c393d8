import { appendFileSync } from 'node:fs';

/**
 * Tells a workflow what was found out, and the reader of its log. Outside a workflow it only prints.
 *
 * @param value a word of the program's own, never a text from outside.
 */
export function setOutput(name: string, value: string): void {
  console.log(`${name}: ${value}`);
  const file = process.env['GITHUB_OUTPUT'];
  if (file) appendFileSync(file, `${name}=${value}\n`);
}
