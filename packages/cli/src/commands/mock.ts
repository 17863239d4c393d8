import { once } from 'node:events';
import type { MockServerOptions } from '@sync3/mock-server';
import type { Options } from 'yargs';
import { CommandError } from '../command-error.js';
import type { OptionValues } from '../option-values.js';
import { numberOption } from '../request/number-option.js';
import { listenForInterruption } from '../session/interruption.js';
import { loadMockServer } from '../session/load-mock-server.js';
import { runAlone } from '../session/run-alone.js';
import { defineCommand } from './define-command.js';

const mockOptions = {
  port: numberOption('port', 'TCP port, 0 for a free one (default: 4010)', 0),
  host: {
    type: 'string',
    requiresArg: true,
    describe: 'where to listen; 0.0.0.0 lets other machines in (default: 127.0.0.1)',
  },
  'allowed-host': {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'a name that requests may use besides localhost; may be repeated',
  },
  'job-duration': numberOption(
    'job-duration',
    'how long a result takes, in ms (default: 200 to 400)',
    0,
  ),
  retention: numberOption(
    'retention',
    'how long finished jobs and unused uploads are kept, in ms (default: 3600000)',
    0,
  ),
  seed: numberOption('seed', 'makes durations, seeds and chaos repeatable (default: 1)'),
  chaos: numberOption(
    'chaos',
    'strike this share of the requests with faults, 0 to 1 (default: 0)',
    0,
  ),
  'webhook-payload': {
    type: 'string',
    requiresArg: true,
    choices: ['flat', 'enveloped'],
    describe: 'what webhooks carry: the task, or data and errors (default: flat)',
  },
  profile: {
    type: 'string',
    requiresArg: true,
    describe:
      "how it answers where the API's documents are silent: documented, observed, worst-case, or a file such as sync3 conform writes (default: documented)",
  },
  upstream: {
    type: 'string',
    requiresArg: true,
    conflicts: 'replay',
    describe:
      'stand before the API at this URL: pass requests on, which may be paid for, and tell what differs from the document',
  },
  record: {
    type: 'string',
    requiresArg: true,
    describe: 'a folder for every exchange, without keys',
  },
  replay: {
    type: 'string',
    requiresArg: true,
    describe: 'a folder of such exchanges to answer from, without a network',
  },
  'allow-outbound': {
    type: 'boolean',
    default: false,
    describe: 'reach other hosts too: for media, webhooks and uploads',
  },
} as const satisfies Record<string, Options>;

/** `sync3 mock`: serves the emulator of the API until Ctrl-C. */
export const mock = defineCommand({
  command: 'mock',
  describe: 'serve a local emulator of the API until Ctrl-C; it lets in every key',
  builder: (yargs) =>
    yargs
      .options(mockOptions)
      .group(Object.keys(mockOptions), 'Server:')
      .example('$0 mock --port 4010 --chaos 0.1', 'a server with faults, for tests')
      .example('RUNWARE_BASE_URL=http://127.0.0.1:4010/v1 RUNWARE_API_KEY=any $0 run …', 'uses it'),
  handler: (options) =>
    runAlone(options, async (reporter) => {
      const interruption = listenForInterruption();
      const mockServer = await loadMockServer();
      const { profile } = options;
      const start = async () =>
        mockServer.startMockServer({
          ...serverOptions(options),
          ...(profile !== undefined && { profile: mockServer.profileFrom(profile) }),
        });
      const server = await start().catch((cause: Error) => {
        const next = 'Correct the options; --port 0 takes a free port.';
        throw new CommandError(
          `The mock server did not start: ${cause.message}`,
          next,
          'badInput',
          cause,
        );
      });
      reporter.tell({ event: 'listening', url: server.url });
      if (!interruption.signal.aborted) await once(interruption.signal, 'abort');
      await server.close();
      interruption.leave();
      return 'success';
    }),
});

function serverOptions(options: OptionValues<typeof mockOptions>): MockServerOptions {
  const {
    port = 4010,
    host,
    allowedHost,
    jobDuration,
    retention,
    seed,
    chaos,
    webhookPayload,
    upstream,
    record,
    replay,
    allowOutbound,
  } = options;
  return {
    port,
    allowOutbound,
    ...(host !== undefined && { host }),
    ...(allowedHost !== undefined && { allowedHosts: allowedHost }),
    ...(jobDuration !== undefined && { jobDurationMs: jobDuration }),
    ...(retention !== undefined && { retentionMs: retention }),
    ...(seed !== undefined && { seed }),
    ...(chaos !== undefined && { chaos }),
    ...(upstream !== undefined && { upstream }),
    ...(record !== undefined && { record }),
    ...(replay !== undefined && { replay }),
    ...(webhookPayload !== undefined && { webhookPayload: webhookPayload as 'flat' | 'enveloped' }),
  };
}
