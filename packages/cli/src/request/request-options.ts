import type { Options } from 'yargs';
import type { OptionValues } from '../option-values.js';
import { numberOption } from './number-option.js';

/** What the voice comes from; one of them replaces what `--params` says. */
export const voiceSources = ['audio', 'text', 'segments'] as const;

/** Options that make a job: those of `run`, `submit` and `estimate`. */
export const requestOptions = {
  video: { type: 'string', requiresArg: true, describe: 'the clip: a file, a URL or a UUID' },
  audio: { type: 'string', requiresArg: true, describe: 'the new voice: a file, a URL or a UUID' },
  text: { type: 'string', requiresArg: true, describe: 'a text to speak, 1 to 5,000 characters' },
  voice: { type: 'string', requiresArg: true, describe: 'who speaks the text (default: auto)' },
  segments: {
    type: 'string',
    requiresArg: true,
    describe: 'a JSON file with a list of segments: startTime, endTime, audio',
  },
  'sync-mode': {
    type: 'string',
    requiresArg: true,
    choices: ['cut_off', 'bounce', 'silence', 'remap'],
    describe: 'when voice and video differ in length (default: cut_off)',
  },
  format: {
    type: 'string',
    requiresArg: true,
    choices: ['MP4', 'WEBM', 'MOV'],
    coerce: (value: string | undefined) => value?.toUpperCase(),
    describe: 'of the result (default: by the name of --output, else MP4)',
  },
  quality: numberOption('quality', 'of the result, 20 to 99 (default: 95)'),
  'number-results': numberOption('number-results', 'how many, 1 to 20; each is paid for'),
  ttl: numberOption('ttl', 'how long the URL of the result lives, in seconds from 60'),
  safety: {
    type: 'string',
    requiresArg: true,
    choices: ['none', 'fast', 'full'],
    describe: 'check the content',
  },
  'upload-endpoint': {
    type: 'string',
    requiresArg: true,
    describe: 'a URL that the result is PUT to',
  },
  'webhook-url': {
    type: 'string',
    requiresArg: true,
    describe: 'a URL that is told of each result',
  },
  params: {
    type: 'string',
    // And not `requiresArg`, for which a lone - is no value.
    nargs: 1,
    describe: 'a JSON file with the request, - for stdin; other options replace what it says',
  },
} as const satisfies Record<string, Options>;

/** Options of the commands that submit a job. */
export const submitOptions = {
  ...requestOptions,
  'idempotency-key': {
    type: 'string',
    requiresArg: true,
    describe:
      'the same key names the same job: it is paid for once, however often the command runs',
  },
} as const satisfies Record<string, Options>;

/** The values of `requestOptions`. */
export type RequestArguments = OptionValues<typeof requestOptions>;
