import { stderr, stdout } from 'node:process';
import { hideBin } from 'yargs/helpers';
import { createCli } from './cli.js';
import { commandPathIn } from './commands/command-paths.js';
import { exitCodeOf } from './exit-codes.js';
import { printError } from './session/print-error.js';

// Whoever read the output has left, such as `head`, or the terminal is closed (EIO). A job that is
// paid for is delivered all the same.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

const args = hideBin(process.argv);
try {
  await createCli(args, Math.min(stdout.columns ?? 100, 100)).parseAsync();
} catch (error) {
  // Commands tell of their own errors; what comes here is about the arguments.
  printError(
    (error as Error).message,
    ['sync3', ...commandPathIn(args), '--help'].join(' '),
    args.includes('--debug') ? error : undefined,
  );
  process.exitCode = exitCodeOf('badInput');
}
