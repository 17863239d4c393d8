import type { GlobalArguments } from '../global-options.js';
import type { OutputArguments } from './output-options.js';
import { quoted } from './quoted.js';

/** The command that gets the result of a job in another process, ready to be pasted. */
export function attachCommand(
  taskUUID: string,
  results: number,
  {
    output,
    force,
    baseUrl,
  }: Partial<Pick<OutputArguments & GlobalArguments, 'output' | 'force' | 'baseUrl'>>,
): string {
  return [
    'sync3 wait',
    taskUUID,
    ...(results > 1 ? [`--results ${results}`] : []),
    ...(output === undefined ? [] : [`-o ${quoted(output)}`]),
    ...(force ? ['--force'] : []),
    ...(baseUrl === undefined ? [] : [`--base-url ${quoted(baseUrl)}`]),
  ].join(' ');
}
