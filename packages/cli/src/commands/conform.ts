import { resolve } from 'node:path';
import { baseUrl as standardUrl } from '@sync3/generated/constants';
import type { Options } from 'yargs';
import { CommandError } from '../command-error.js';
import { agreeOnTerminal } from '../conform/agree-on-terminal.js';
import { conform as makeExperiments } from '../conform/conform.js';
import { experiments } from '../conform/experiments.js';
import { writeReports } from '../conform/write-reports.js';
import { numberOption, wholeNumberOption } from '../request/number-option.js';
import { clientOptions } from '../session/client-options.js';
import { loadMockServer } from '../session/load-mock-server.js';
import { runStoppable } from '../session/run-stoppable.js';
import { usd } from '../usd.js';
import { defineCommand } from './define-command.js';

const conformOptions = {
  live: {
    type: 'boolean',
    default: false,
    describe: 'ask the API; without it the plan is printed, and nothing is sent',
  },
  'max-cost': numberOption('max-cost', 'USD that the experiments may cost; goes with --live', 0),
  yes: {
    type: 'boolean',
    default: false,
    describe: 'make the experiments that cost something without asking first',
  },
  folder: {
    type: 'string',
    requiresArg: true,
    default: 'sync3-conform',
    describe: 'where reports are written, and what a later run goes on from',
  },
  only: {
    type: 'string',
    array: true,
    requiresArg: true,
    choices: experiments.map(({ name }) => name),
    describe: 'make this experiment only; may be repeated',
  },
  'webhook-url': {
    type: 'string',
    requiresArg: true,
    describe:
      'a public URL that leads to --webhook-port of this machine; questions about webhooks stay open without one',
  },
  'webhook-port': wholeNumberOption(
    'webhook-port',
    'TCP port on 127.0.0.1 that receives webhooks (default: 8787)',
    0,
    65_535,
  ),
} as const satisfies Record<string, Options>;

/** `sync3 conform`: finds out what the API does where its documents are silent. */
export const conform = defineCommand({
  command: 'conform',
  describe: 'find out what the API does where its documents are silent, and where the mock differs',
  builder: (yargs) =>
    yargs
      .options(conformOptions)
      .group(Object.keys(conformOptions), 'Experiments:')
      .example('$0 conform', 'prints the plan')
      .example('$0 conform --live --max-cost 2', 'asks before each experiment that may cost')
      .example('$0 mock --profile sync3-conform/observed.json', 'a mock server that answers alike')
      .epilogue(
        'A run that stops goes on where it was, and pays for nothing twice: run the same command again. The jobs use a sample clip, and a voice of one second.',
      ),
  handler: (options) => {
    const folder = resolve(options.folder);
    const goOn = `sync3 conform --live --max-cost ${options.maxCost ?? ''} --folder ${options.folder}`;
    return runStoppable(
      options,
      {
        tellStop: (reporter) => reporter.note(`Stopped. It goes on with: ${goOn}`),
        goOn: () => goOn,
      },
      async ({ reporter, signal, mockUrl }) => {
        const { maxCost, only, webhookUrl, webhookPort = 8787 } = options;
        if (!options.live) {
          for (const { name, describe, results } of experiments) {
            reporter.tell({ event: 'experiment', name, describe, results: results({ jobs: {} }) });
          }
          return 'success';
        }
        if (maxCost === undefined) {
          throw new CommandError(
            'There is no --max-cost, and --live may cost something.',
            'Add --max-cost 2; --max-cost 0 makes the experiments that are free.',
          );
        }
        if (webhookUrl !== undefined && !/^https?:$/.test(URL.parse(webhookUrl)?.protocol ?? '')) {
          throw new CommandError(`--webhook-url takes a URL, not "${webhookUrl}".`);
        }
        const { apiKey, baseUrl } = clientOptions(options, mockUrl, reporter);
        const address = String(baseUrl ?? process.env['RUNWARE_BASE_URL'] ?? standardUrl);
        const summary = await makeExperiments({
          baseUrl: address.replace(/\/+$/, ''),
          apiKey: apiKey as string,
          folder,
          only,
          webhookUrl,
          webhookPort,
          signal,
          mockServer: await loadMockServer(),
          maxCost,
          agree: (experiment, price) =>
            options.yes ? Promise.resolve(true) : agreeOnTerminal(experiment, price, signal),
          onExperiment: ({ name, describe }, results, leftOut) =>
            reporter.tell({ event: 'experiment', name, describe, results, leftOut }),
        });
        const { comparisons, spent, leftOut, ended } = summary;
        for (const { evidence: _, ...comparison } of comparisons) {
          reporter.tell({ event: 'question', ...comparison });
        }
        const facts = { baseUrl: address, spent, maxCost, at: new Date() };
        const { markdown, observed } = await writeReports(folder, comparisons, facts);
        const count = (verdict: string) =>
          comparisons.filter((comparison) => comparison.verdict === verdict).length;
        const [same, different, open] = [count('same'), count('different'), count('open')];
        reporter.tell({
          event: 'conformed',
          same,
          different,
          open,
          spent,
          report: markdown,
          observed,
        });
        if (ended) {
          throw new CommandError(
            `${ended.message} The jobs cost at most ${usd(spent)} so far.`,
            goOn,
            ended.ending,
            ended,
          );
        }
        return leftOut > 0 ? 'partial' : 'success';
      },
    );
  },
});
