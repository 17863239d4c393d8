import { runAlone } from '../session/run-alone.js';
import { checkFile } from '../validation/check-file.js';
import { defineCommand } from './define-command.js';

/** `sync3 validate`: checks a file of requests, and says what is wrong where. */
export const validate = defineCommand({
  command: 'validate <file>',
  describe: 'check a request against every rule, and say what is wrong where; sends nothing',
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe: 'a JSON file with a request, or a list of them; - for stdin',
      })
      // Or yargs would read a lone - as no value at all.
      .nargs('file', 1)
      .example('$0 validate request.json', 'prints request.json:4:14 error …')
      .example('cat request.json | $0 validate - --json', 'for a script')
      .epilogue(
        [
          'An object with taskType, taskUUID or model is a task as it goes over the wire, and must be complete.',
          'Any other is what --params takes: taskType, model and so on are filled in, and local files may be named.',
        ].join('\n'),
      ),
  handler: (options) =>
    runAlone(options, async (reporter) => {
      const { issues, ...summary } = await checkFile(options.file);
      for (const issue of issues) reporter.tell({ event: 'issue', ...issue });
      reporter.tell({ event: 'checked', ...summary });
      return summary.errors > 0 ? 'badInput' : 'success';
    }),
});
