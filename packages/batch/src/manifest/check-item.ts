import { isObject } from '@sync3/generated/rules';
import { type LipsyncParams, Sync3 } from '@sync3/sdk';
import type { MediaReference } from '../ledger/item.js';
import type { LineProblem } from './line-problem.js';
import { isLocalPath, type MediaFile, type MediaFiles } from './media-files.js';
import { type MediaPlace, mediaPlaces } from './media-places.js';
import { plainParameters } from './normalise.js';
import { foldedName, outputName } from './output-name.js';
import { payloadHash } from './payload-hash.js';

/** An item as a manifest or a program gives it. Nothing is known of the types. */
export interface RawItem {
  /** Number of its line, from 1; its place when it is not from a file. */
  line: number;
  /** Request parameters. */
  params: unknown;
  /** The item's key, when it names one. */
  key?: unknown;
  /** Where its result goes, below the output folder, when it says so. */
  output?: unknown;
  /** Values for people, by their names. */
  notes?: unknown;
}

/** An item that keeps all rules, as it is planned. */
export interface CheckedItem {
  line: number;
  key: string;
  payloadHash: string;
  /** The parameters as JSON, with `sha256:…` where local files are meant. */
  parameters: string;
  media: MediaReference[];
  /** The files that `media` means. */
  files: MediaFile[];
  output: string;
  outputFolded: string;
  /** The notes as JSON; `null` when there are none. */
  notes: string | null;
}

/** What has been found about an item. It can be planned when `item` is there. */
export interface CheckResult {
  item?: CheckedItem;
  problems: LineProblem[];
}

/** Stands where a local file is meant, and for the taskUUID, while the rules are checked. */
const standIn = '00000000-0000-4000-8000-000000000000';
/** Nothing is sent, so that any key and any address do. */
const { lipsync } = new Sync3({ apiKey: 'none', baseUrl: 'https://nowhere.invalid' });
const presign = 'Give a presigned https URL of the object, or download it and name the file.';
const fileUrl = 'The API reads no file: URL. Write the path of the file instead.';
/** Bytes; an index of the ledger takes no key that is much longer. */
const longestKey = 500;
/** Bytes. */
const longestNotes = 10_000;

/** Checks an item against every rule, and reads its local files when it keeps them. Sends nothing. */
export async function checkItem(
  { line, params, key, output, notes }: RawItem,
  files: MediaFiles,
): Promise<CheckResult> {
  const problems: LineProblem[] = [];
  const report = (
    pointer: string,
    reason: string,
    severity: LineProblem['severity'] = 'error',
  ): void => {
    problems.push({ line, pointer, reason, severity });
  };

  const parameters = plainParameters(params);
  if (typeof parameters === 'string') {
    report('', parameters);
    return { problems };
  }
  if (parameters['taskUUID'] !== undefined) {
    report('/taskUUID', 'Leave it out: the batch derives it, so that no job is paid for twice.');
    delete parameters['taskUUID'];
  }

  const locals: { place: MediaPlace; path: string }[] = [];
  for (const place of mediaPlaces(parameters)) {
    const { holder, name, pointer } = place;
    const value = holder[name];
    if (typeof value !== 'string') continue;
    if (/^sha256:/i.test(value)) {
      report(pointer, 'It is no URL; name the file instead of its hash.');
      holder[name] = standIn;
    }
    const scheme = /^(s3|gs|az|file):/i.exec(value)?.[1]?.toLowerCase();
    if (scheme) {
      report(pointer, scheme === 'file' ? fileUrl : `The API reads no ${scheme}: URL. ${presign}`);
      holder[name] = standIn;
    }
    if (!isLocalPath(value)) continue;
    const fault = await files.faultOf(value);
    if (fault) report(pointer, fault);
    locals.push({ place, path: value });
    holder[name] = standIn;
  }
  // With a taskUUID, as the SDK would make a random one for each check.
  const task = { ...parameters, taskUUID: standIn } as unknown as LipsyncParams;
  for (const issue of lipsync.validate(task)) {
    report(issue.path, issue.message, issue.severity);
  }
  const keyFault = key === undefined ? undefined : faultOfKey(key);
  if (keyFault) report('/key', keyFault);
  if (output !== undefined && typeof output !== 'string') report('/output', 'It must be a string.');
  const notesFault = faultOfNotes(notes);
  if (notesFault) report('/notes', notesFault);
  if (problems.some(({ severity }) => severity === 'error')) return { problems };

  const media: MediaReference[] = [];
  const mediaFiles: MediaFile[] = [];
  for (const { place, path } of locals) {
    try {
      const file = await files.identify(path);
      place.holder[place.name] = `sha256:${file.sha256}`;
      media.push({ pointer: place.pointer, sha256: file.sha256, path: file.path });
      mediaFiles.push(file);
    } catch (error) {
      report(place.pointer, (error as Error).message);
      return { problems };
    }
  }

  const hash = payloadHash(parameters);
  const itemKey = (key as string | undefined) ?? hash;
  const named = outputName((output as string | undefined) ?? itemKey, parameters['outputFormat']);
  if ('reason' in named) {
    if (output === undefined) {
      report(
        '/key',
        `It cannot be the name of the result, as it ${named.reason}. Give an "output".`,
      );
    } else report('/output', `The name ${named.reason}.`);
    return { problems };
  }
  const item: CheckedItem = {
    line,
    key: itemKey,
    payloadHash: hash,
    parameters: JSON.stringify(parameters),
    media,
    files: mediaFiles,
    output: named.name,
    outputFolded: foldedName(named.name),
    notes: notes === undefined ? null : JSON.stringify(notes),
  };
  return { item, problems };
}

function faultOfNotes(notes: unknown): string | undefined {
  if (notes === undefined) return undefined;
  const texts = isObject(notes) ? Object.values(notes) : [undefined];
  if (texts.some((text) => !['string', 'number', 'boolean'].includes(typeof text))) {
    return 'Notes must be texts, numbers, true or false.';
  }
  return Buffer.byteLength(JSON.stringify(notes)) > longestNotes
    ? `The notes have more than ${longestNotes} bytes.`
    : undefined;
}

function faultOfKey(key: unknown): string | undefined {
  if (typeof key !== 'string' || key === '') return 'It must be a string that is not empty.';
  if (Buffer.byteLength(key) > longestKey) return `It has more than ${longestKey} bytes.`;
  if (/\p{Cc}|^\s|\s$/u.test(key)) return 'It has control characters, or white space at its edges.';
  if (/\p{Surrogate}/u.test(key)) return 'It is not well-formed Unicode.';
  return undefined;
}
