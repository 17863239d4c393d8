#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { WebhookPayload } from './delivery/payload-form.js';
import type { MockServerOptions } from './options.js';
import { profileFrom } from './profile/profile-from.js';

const help = `Usage: sync3-mock-server [options]

A local emulator of the sync-3 API on Runware.

  --port <number>         TCP port; 0 takes a free one (default 4010)
  --host <address>        where to listen; 0.0.0.0 lets other machines in (default 127.0.0.1)
  --allowed-host <name>   a name that requests may use besides localhost; may be repeated
  --api-key <key>         let in this key only; may be repeated (default: every key)
  --job-duration <ms>     how long a result takes (default: 200 to 400)
  --retention <ms>        how long finished jobs and unused uploads are kept (default 3600000)
  --seed <number>         makes durations, seeds and chaos repeatable (default 1)
  --chaos <share>         strike this share of the requests with faults, 0 to 1 (default 0)
  --profile <name>        how it answers where the API's documents are silent: documented, observed,
                          worst-case, or a file such as sync3 conform writes (default documented)
  --upstream <url>        stand before this API: pass requests on, and tell what differs from the document
  --record <folder>       write every exchange there, without keys
  --replay <folder>       answer from such exchanges, without a network
  --webhook-payload <how> flat, or enveloped in data and errors (default flat)
  --allow-outbound        reach other hosts too: for media, webhooks and uploads
  --help                  print this
`;

try {
  const options = readArguments(process.argv.slice(2));
  if (options) {
    // Loaded when it is wanted: it takes more than a second.
    const { startMockServer } = await import('./start-mock-server.js');
    const mock = await startMockServer(options);
    process.stdout.write(`sync3 mock server on ${mock.url}\n`);
    process.stdout.write(`watch it on ${new URL('/__mock/', mock.url)}\n`);
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
      host: { type: 'string' },
      'allowed-host': { type: 'string', multiple: true },
      'api-key': { type: 'string', multiple: true },
      'job-duration': { type: 'string' },
      retention: { type: 'string' },
      seed: { type: 'string' },
      chaos: { type: 'string' },
      profile: { type: 'string' },
      upstream: { type: 'string' },
      record: { type: 'string' },
      replay: { type: 'string' },
      'webhook-payload': { type: 'string' },
      'allow-outbound': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const { host, 'allowed-host': allowedHosts } = values;
  const { 'api-key': apiKeys, 'job-duration': duration, seed, chaos } = values;
  const { retention, profile, 'webhook-payload': payload } = values;
  return {
    port: wholeNumber('--port', values.port, 65_535),
    ...(host !== undefined && { host }),
    ...(allowedHosts && { allowedHosts }),
    ...(apiKeys && { apiKeys }),
    ...(duration !== undefined && { jobDurationMs: wholeNumber('--job-duration', duration) }),
    ...(retention !== undefined && { retentionMs: wholeNumber('--retention', retention) }),
    ...(seed !== undefined && { seed: wholeNumber('--seed', seed) }),
    ...(chaos !== undefined && { chaos: share('--chaos', chaos) }),
    ...(profile !== undefined && { profile: profileFrom(profile) }),
    ...(values.upstream !== undefined && { upstream: values.upstream }),
    ...(values.record !== undefined && { record: values.record }),
    ...(values.replay !== undefined && { replay: values.replay }),
    ...(payload !== undefined && { webhookPayload: webhookPayload(payload) }),
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

function webhookPayload(text: string): WebhookPayload {
  if (text === 'flat' || text === 'enveloped') return text;
  throw new Error(`--webhook-payload takes flat or enveloped, not "${text}"`);
}

function share(name: string, text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !(number >= 0 && number <= 1)) {
    throw new Error(`${name} takes a number from 0 to 1, not "${text}"`);
  }
  return number;
}
