import type { CommandModule } from 'yargs';
import { batch, batchCommands } from './batch/index.js';
import { contract, contractCommands } from './contract/index.js';
import { commands } from './index.js';

/** The commands of those that are groups. */
const commandsBelow = new Map<unknown, readonly CommandModule[]>([
  [batch, batchCommands],
  [contract, contractCommands],
]);

const nameOf = ({ command }: CommandModule) => `${command}`.split(' ')[0] ?? '';

/** How each command is called: `['run']`, `['batch']`, `['batch', 'run']` and so on. */
export const commandPaths: readonly (readonly string[])[] = commands.flatMap((command) => {
  const name = nameOf(command);
  const below = commandsBelow.get(command) ?? [];
  return [[name], ...below.map((one) => [name, nameOf(one)])];
});

/** The words of `args` that name a command that there is: `['batch', 'run']`; none when none does. */
export function commandPathIn(args: readonly string[]): readonly string[] {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const isCalled = (path: readonly string[]) => path.every((word, index) => word === words[index]);
  const [longest = []] = commandPaths.filter(isCalled).sort((a, b) => b.length - a.length);
  return longest;
}
