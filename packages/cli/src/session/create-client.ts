import { Sync3 } from '@sync3/sdk';
import type { GlobalArguments } from '../global-options.js';
import { clientOptions } from './client-options.js';
import type { JobOfCommand } from './job-of-command.js';
import type { Reporter } from './reporter.js';

/**
 * A client for the API, or for the mock server of `--mock`.
 *
 * @throws {CommandError} there is no usable key, or the base URL is none.
 */
export function createClient(
  options: Pick<GlobalArguments, 'baseUrl'>,
  mockUrl: string | undefined,
  reporter: Reporter,
  job: JobOfCommand,
): Sync3 {
  return new Sync3({
    ...clientOptions(options, mockUrl, reporter),
    beforeSubmit: ({ taskUUID }) => {
      job.taskUUID = taskUUID;
      reporter.tell({ event: 'task', taskUUID });
    },
  });
}
