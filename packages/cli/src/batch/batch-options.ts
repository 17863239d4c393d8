import type { Options } from 'yargs';
import type { OptionValues } from '../option-values.js';
import { wholeNumberOption } from '../request/number-option.js';

/** Which batch a command is about, and where its ledger is. */
export const ledgerOptions = {
  name: {
    type: 'string',
    requiresArg: true,
    default: 'default',
    describe: 'of the batch; the same line in another batch is another job',
  },
  database: {
    type: 'string',
    requiresArg: true,
    describe:
      'directory of the ledger, for one worker at a time (default: .sync3, with --mock .sync3-mock)',
  },
  'database-url': {
    type: 'string',
    requiresArg: true,
    describe:
      'a PostgreSQL database instead, for any number of workers (default: SYNC3_DATABASE_URL, which is better: other users of a machine see arguments)',
  },
} as const satisfies Record<string, Options>;

/** Where results go. */
export const resultOptions = {
  'output-dir': {
    alias: ['o', 'output'],
    type: 'string',
    requiresArg: true,
    default: 'output',
    describe:
      'folder of the results, made when it is missing; or s3://bucket/prefix (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL_S3)',
  },
} as const satisfies Record<string, Options>;

/** Where the report goes. */
export const reportOptions = {
  report: {
    type: 'string',
    requiresArg: true,
    describe:
      'the HTML file of the report (default: report.html in the folder of the results; with s3:// in this folder)',
  },
} as const satisfies Record<string, Options>;

/** Where a table of the results goes. */
export const exportOptions = {
  export: {
    type: 'string',
    requiresArg: true,
    describe:
      'write a row for each item into this file: state, cost, files with checksums, error (.csv, or any other name for JSONL)',
  },
} as const satisfies Record<string, Options>;

/** Where the live page is served. */
export const pageOptions = {
  port: wholeNumberOption(
    'port',
    'of the page on 127.0.0.1 (default: one that is free)',
    0,
    65_535,
  ),
} as const satisfies Record<string, Options>;

/** A page beside the work. */
export const watchOptions = {
  watch: {
    type: 'boolean',
    default: false,
    describe: 'serve a page to watch and steer the batch as long as the command works',
  },
  ...pageOptions,
} as const satisfies Record<string, Options>;

/** Where the API announces news of jobs. */
export const webhookOptions = {
  'webhook-url': {
    type: 'string',
    requiresArg: true,
    describe:
      'have the API announce news of jobs at this URL, where `sync3 batch receive` answers, instead of polling all of them (SYNC3_WEBHOOK_SECRET)',
  },
} as const satisfies Record<string, Options>;

/** The values of `webhookOptions`. */
export type WebhookArguments = OptionValues<typeof webhookOptions>;

/** The values of `ledgerOptions`. */
export type LedgerArguments = OptionValues<typeof ledgerOptions>;

/** The values of `resultOptions`. */
export type ResultArguments = OptionValues<typeof resultOptions>;

/** The values of `watchOptions`. */
export type WatchArguments = OptionValues<typeof watchOptions>;

/** The values of `reportOptions`. */
export type ReportArguments = OptionValues<typeof reportOptions>;

/** The values of `exportOptions`. */
export type ExportArguments = OptionValues<typeof exportOptions>;
