#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { MockServerOptions } from './options.js';
import { startMockServer } from './start-mock-server.js';

const help = `Usage: sync3-mock-server [options]

A local emulator of the sync-3 API on Runware, on 127.0.0.1.

  --port <number>         TCP port; 0 takes a free one (default 4010)
  --api-key <key>         let in this key only; may be repeated (default: every key)
  --job-duration <ms>     how long a result takes (default: 200 to 400)
  --seed <number>         makes durations and seeds repeatable (default 1)
  --allow-outbound        fetch media from other hosts too
  --help                  print this
`;

try {
  const options = readArguments(process.argv.slice(2));
  if (options) {
    const mock = await startMockServer(options);
    process.stdout.write(`sync3 mock server on ${mock.url}\n`);
    const stop = () => void mock.close();
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    process.once('SIGHUP', stop);
  } else {
    process.stdout.write(help);
  }
} catch (error) {
  const [reason] = (error as Error).message.split('\n');
  process.stderr.write(`sync3-mock-server: ${reason}\n`);
  process.exitCode = 2;
}

function readArguments(args: string[]): MockServerOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '4010' },
      'api-key': { type: 'string', multiple: true },
      'job-duration': { type: 'string' },
      seed: { type: 'string' },
      'allow-outbound': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const { 'api-key': apiKeys, 'job-duration': duration, seed } = values;
  return {
    port: wholeNumber('--port', values.port, 65_535),
    ...(apiKeys && { apiKeys }),
    ...(duration !== undefined && { jobDurationMs: wholeNumber('--job-duration', duration) }),
    ...(seed !== undefined && { seed: wholeNumber('--seed', seed) }),
    allowOutbound: values['allow-outbound'] ?? false,
  };
}

function wholeNumber(name: string, text: string, most = 2 ** 31 - 1): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || number < 0 || number > most) {
    throw new Error(`${name} takes a whole number from 0 to ${most}, not "${text}"`);
  }
  return number;
}
