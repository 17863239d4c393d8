import type { CommandModule } from 'yargs';
import type { GlobalArguments } from '../global-options.js';

/** Gives the handler of a command the types of the options that its builder names. */
export function defineCommand<Arguments>(
  module: CommandModule<GlobalArguments, Arguments>,
): CommandModule<GlobalArguments, Arguments> {
  return module;
}
