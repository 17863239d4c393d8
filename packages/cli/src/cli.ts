import yargs, { type Argv } from 'yargs';
import { commands } from './commands/index.js';
import { exitCodesInWords } from './exit-codes.js';
import { globalOptions } from './global-options.js';
import { version } from './package-manifest.js';
import { parserSettings } from './parser-settings.js';
import { gatherRepeated } from './repeated-options.js';

/** What `sync3 completion` is for. */
export const completionInWords =
  'print a script that completes commands and options in the shell of SHELL: bash or zsh';

/**
 * The `sync3` command, ready to parse. Usage errors are thrown; commands throw nothing and set
 * `process.exitCode`.
 *
 * @param width of `--help`, in columns.
 */
export function createCli(args: string[], width: number): Argv {
  return yargs(gatherRepeated(args))
    .scriptName('sync3')
    .usage('$0 <command>\n\nGives a video a new voice: lip-sync jobs of sync-3 on the Runware API.')
    .command(commands)
    .options(globalOptions)
    .completion('completion', completionInWords)
    .example('$0 run --video talk.mp4 --audio line.wav -o dubbed.mp4', 'lip-sync a clip')
    .example('$0 run --mock --video talk.mp4 --audio line.wav -o dubbed.mp4', 'try it for free')
    .example('source <($0 completion)', 'completion in this shell')
    .epilogue(
      `RUNWARE_API_KEY and RUNWARE_BASE_URL are read from the environment.\n\n${exitCodesInWords()}`,
    )
    .demandCommand(1, 'Name a command.')
    .strict()
    .strictCommands()
    .parserConfiguration(parserSettings)
    .version(version)
    .group(['help', 'version'], 'Everywhere:')
    .locale('en')
    .wrap(width)
    .exitProcess(false)
    .fail(false);
}
