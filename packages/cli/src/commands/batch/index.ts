import type { CommandModule } from 'yargs';
import { defineCommand } from '../define-command.js';
import { cancel } from './cancel.js';
import { drop } from './drop.js';
import { list } from './list.js';
import { pause } from './pause.js';
import { priority } from './priority.js';
import { receive } from './receive.js';
import { recover } from './recover.js';
import { replace } from './replace.js';
import { report } from './report.js';
import { resume } from './resume.js';
import { retry } from './retry.js';
import { run } from './run.js';
import { serve } from './serve.js';
import { show } from './show.js';
import { status } from './status.js';
import { worker } from './worker.js';

/** The commands of `sync3 batch`, in the order of `--help` and of docs/cli.md. */
export const batchCommands = [
  run,
  worker,
  status,
  serve,
  receive,
  list,
  show,
  cancel,
  drop,
  replace,
  retry,
  pause,
  resume,
  priority,
  report,
  recover,
] as unknown as CommandModule[];

/** `sync3 batch`: what is done with many jobs. */
export const batch = defineCommand({
  command: 'batch',
  describe: 'run thousands of jobs from a manifest; each is paid for once and delivered',
  builder: (yargs) =>
    yargs
      .usage('$0 batch <command>\n\nRuns thousands of jobs; each is paid for once and delivered.')
      .command(batchCommands)
      .demandCommand(1, 'Name a command of batch.')
      .example('$0 batch run clips.jsonl -o dubbed', 'runs every job of a manifest')
      .example('$0 batch run', 'goes on after Ctrl-C or a crash')
      .example('$0 batch run clips.jsonl --mock', 'try it for free')
      .epilogue('What a manifest is: $0 batch run --help'),
  handler: () => {},
});
