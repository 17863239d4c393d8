import { dirname } from 'node:path';
import { isObject, type JsonObject } from '@sync3/generated/rules';
import type { LipsyncParams } from '@sync3/sdk';
import { CommandError } from '../command-error.js';
import { mediaPaths, readMedia } from '../parameters/media-paths.js';
import { genericPath, isWithin } from '../parameters/path-names.js';
import { jsonOrText, type PlacedValue, parseSetting, placeValue } from '../parameters/set-value.js';
import { parseJsonText } from './json-text.js';
import { createMediaReader, type MediaReader } from './media-reader.js';
import { type RequestArguments, type RequestForm, requestForm } from './request-options.js';
import { readTextFile } from './text-file.js';

/**
 * Makes the parameters of a job out of `--params` and the other options, which replace what it says.
 * Whether they make sense is for the rules of the SDK to say.
 *
 * @param signal ends the reading of stdin.
 * @throws {CommandError} a file cannot be read or is no JSON, a video or a voice is none, or `--set`
 * names no parameter.
 * @throws {Sync3Error} a local video or voice cannot be read.
 */
export async function buildParams(
  options: RequestArguments,
  signal: AbortSignal,
  form: RequestForm = requestForm,
): Promise<LipsyncParams> {
  const reader = createMediaReader();
  const given = [
    ...(await valuesOfOptions(options, form, reader)),
    ...(options.set ?? []).map((text) => valueOfSetting(text, form, reader)),
  ];
  let params: JsonObject = {};
  if (options.params !== undefined) {
    const base = await readRequest(options.params, signal);
    removeOtherVoices(base, given);
    const read = fromFile(reader, options.params);
    params = readMedia(base, mediaPaths(form.parameters), read) as JsonObject;
  }
  const isParameter = (name: string) => form.parameters.some(({ path }) => path.join('.') === name);
  const implied = impliedBy(given).filter(({ path }) => isParameter(path.join('.')));
  for (const value of [...implied, ...given]) placeValue(params, value);
  const standard = isParameter('includeCost') ? { includeCost: true } : {};
  return { ...standard, ...params } as unknown as LipsyncParams;
}

async function valuesOfOptions(
  given: RequestArguments,
  { options, parameters }: RequestForm,
  reader: MediaReader,
): Promise<PlacedValue[]> {
  const values = options.map(async ({ name, parameter: { path, isMedia, type } }) => {
    const value = given[name];
    if (typeof value !== 'string') return { path, value };
    if (isMedia) return { path, value: reader(value, process.cwd(), `--${name}`) };
    if (type === 'any') return { path, value: jsonOrText(value) };
    if (type !== 'array') return { path, value };
    const read = fromFile(reader, value);
    return { path, value: readMedia(await readList(value), mediaPaths(parameters, ...path), read) };
  });
  return (await Promise.all(values)).filter(({ value }) => value !== undefined);
}

function valueOfSetting(text: string, { parameters }: RequestForm, reader: MediaReader) {
  const { path, value } = parseSetting(text, parameters);
  const media = mediaPaths(parameters, ...genericPath(path));
  const read = (value: string, pointer: string) =>
    reader(value, process.cwd(), `--set ${path.join('.')}${pointer.replaceAll('/', '.')}`);
  return { path, value: readMedia(value, media, read) };
}

/** What relative paths in a file are seen from. */
export function folderOf(path: string): string {
  return path === '-' ? process.cwd() : dirname(path);
}

/** @param file what relative paths are seen from the folder of, and messages name. */
function fromFile(reader: MediaReader, file: string) {
  return (value: string, pointer: string) => reader(value, folderOf(file), `${file}: ${pointer}`);
}

async function readRequest(path: string, signal: AbortSignal): Promise<JsonObject> {
  const { name, value } = parseJsonText(await readTextFile(path, signal));
  // A request as it goes over the wire is a list of tasks.
  const request = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (isObject(request)) return request;
  throw new CommandError(`"${name}" is no request: it must be one JSON object.`);
}

async function readList(path: string): Promise<unknown[]> {
  const { name, value } = parseJsonText(await readTextFile(path));
  if (Array.isArray(value)) return value;
  const next = 'Write [{"startTime": 0, "endTime": 2.5, "audio": "line.wav"}].';
  throw new CommandError(`"${name}" has no segments: it must be a list.`, next);
}

/** Where the voice may come from, and the parameter that chooses it. */
const voices: readonly { place: readonly [string, string?]; choice: readonly string[] }[] = [
  { place: ['inputs', 'audio'], choice: ['inputs', 'audio'] },
  { place: ['speech'], choice: ['speech', 'text'] },
  { place: ['settings', 'segments'], choice: ['settings', 'segments'] },
];

/** Takes the voice out of the base, where another is given. */
function removeOtherVoices(base: JsonObject, given: readonly PlacedValue[]): void {
  const chosen = voices.filter(({ choice }) => given.some(({ path }) => isWithin(path, choice)));
  if (chosen.length === 0) return;
  for (const voice of voices) {
    const [name, property] = voice.place;
    const holder = property === undefined ? base : base[name];
    if (!chosen.includes(voice) && isObject(holder)) delete holder[property ?? name];
  }
}

/** The documentation gives two defaults for the mode of the safety check, so both are said. */
function impliedBy(given: readonly PlacedValue[]): PlacedValue[] {
  return given
    .filter(({ path }) => path.join('.') === 'safety.mode')
    .map(({ value }) => ({ path: ['safety', 'checkContent'], value: value !== 'none' }));
}
