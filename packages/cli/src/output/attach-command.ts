import type { GlobalArguments } from '../global-options.js';
import type { OutputArguments } from './output-options.js';
import { quoted } from './quoted.js';

/**
 * The command that gets the result of a job in another process, ready to be pasted.
 *
 * @param isPartlySaved whether a result stands where the command would save it.
 */
export function attachCommand(
  taskUUID: string,
  results: number,
  {
    output,
    force,
    baseUrl,
  }: Partial<Pick<OutputArguments & GlobalArguments, 'output' | 'force' | 'baseUrl'>>,
  isPartlySaved = false,
): string {
  return [
    'sync3 wait',
    taskUUID,
    ...(results > 1 ? [`--results ${results}`] : []),
    ...(output === undefined ? [] : [`-o ${quoted(output)}`]),
    ...(force || isPartlySaved ? ['--force'] : []),
    ...(baseUrl === undefined ? [] : [`--base-url ${quoted(baseUrl)}`]),
  ].join(' ');
}
