import { dirname } from 'node:path';
import type { LipsyncParams } from '@sync3/sdk';
import { CommandError } from '../command-error.js';
import { isObject, type JsonObject } from './json-object.js';
import { parseJsonText } from './json-text.js';
import { createMediaReader } from './media-reader.js';
import { fromFile, readMedia, readSegments } from './read-media.js';
import { type RequestArguments, voiceSources } from './request-options.js';
import { readTextFile } from './text-file.js';

/**
 * Makes the parameters of a job out of `--params` and the other options, which replace what it says.
 * Whether they make sense is for the rules of the SDK to say.
 *
 * @param signal ends the reading of stdin.
 * @throws {CommandError} a file cannot be read or is no JSON, or a video or a voice is none.
 * @throws {Sync3Error} a local video or voice cannot be read.
 */
export async function buildParams(
  options: RequestArguments,
  signal: AbortSignal,
): Promise<LipsyncParams> {
  const reader = createMediaReader();
  const { video, audio, text, voice, safety } = options;
  let params: JsonObject = {};
  if (options.params !== undefined) {
    const base = await readRequest(options.params, signal);
    const read = fromFile(reader, folderOf(options.params), options.params);
    params = readMedia(replaceVoice(base, options), read);
  }
  const here = process.cwd();
  params = withProperties(params, 'inputs', {
    video: video === undefined ? undefined : reader(video, here, '--video'),
    audio: audio === undefined ? undefined : reader(audio, here, '--audio'),
  });
  params = withProperties(params, 'speech', { text, voice });
  params = withProperties(params, 'settings', {
    syncMode: options.syncMode,
    segments:
      options.segments === undefined
        ? undefined
        : readSegments(
            await readSegmentsFile(options.segments),
            '',
            fromFile(reader, folderOf(options.segments), options.segments),
          ),
  });
  params = withProperties(params, 'safety', {
    // The documentation gives two defaults for the mode, so both are said.
    checkContent: safety === undefined ? undefined : safety !== 'none',
    mode: safety,
  });
  const others = {
    outputFormat: options.format,
    outputQuality: options.quality,
    numberResults: options.numberResults,
    ttl: options.ttl,
    uploadEndpoint: options.uploadEndpoint,
    webhookURL: options.webhookUrl,
  };
  return { includeCost: true, ...params, ...defined(others) } as unknown as LipsyncParams;
}

/** What relative paths in a file are seen from. */
export function folderOf(path: string): string {
  return path === '-' ? process.cwd() : dirname(path);
}

async function readRequest(path: string, signal: AbortSignal): Promise<JsonObject> {
  const { name, value } = parseJsonText(await readTextFile(path, signal));
  // A request as it goes over the wire is a list of tasks.
  const request = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (isObject(request)) return request;
  throw new CommandError(`"${name}" is no request: it must be one JSON object.`);
}

async function readSegmentsFile(path: string): Promise<unknown[]> {
  const { name, value } = parseJsonText(await readTextFile(path));
  if (Array.isArray(value)) return value;
  const next = 'Write [{"startTime": 0, "endTime": 2.5, "audio": "line.wav"}].';
  throw new CommandError(`"${name}" has no segments: it must be a list.`, next);
}

/** Without the voice of the base, where an option gives another. */
function replaceVoice(base: JsonObject, options: RequestArguments): JsonObject {
  if (voiceSources.every((source) => options[source] === undefined)) return base;
  const { speech, inputs, settings, ...others } = base;
  const keepsSpeech = options.text !== undefined;
  return {
    ...others,
    ...('inputs' in base && {
      inputs: isObject(inputs) ? { ...inputs, audio: undefined } : inputs,
    }),
    ...('settings' in base && {
      settings: isObject(settings) ? { ...settings, segments: undefined } : settings,
    }),
    ...(keepsSpeech && speech !== undefined && { speech }),
  };
}

function withProperties(params: JsonObject, name: string, given: JsonObject): JsonObject {
  const properties = defined(given);
  if (Object.keys(properties).length === 0) return params;
  const base = params[name];
  return { ...params, [name]: { ...(isObject(base) && base), ...properties } };
}

function defined(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
