import type { CommandModule } from 'yargs';
import { defineCommand } from '../define-command.js';
import { check } from './check.js';
import { record } from './record.js';

/** The commands about what an application relies on. */
export const contractCommands = [record, check] as unknown as CommandModule[];

/** `sync3 contract`: what an application relies on, and whether it still holds. */
export const contract = defineCommand({
  command: 'contract',
  describe: 'record what an application relies on, and check it against a newer API',
  builder: (yargs) => yargs.command(contractCommands).demandCommand(1, 'Give record or check.'),
  handler: () => {},
});
