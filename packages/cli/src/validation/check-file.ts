import { parameters } from '@sync3/generated/parameters';
import { isObject, type JsonObject } from '@sync3/generated/rules';
import { type Issue, type LipsyncParams, Sync3, validateTask } from '@sync3/sdk';
import { mediaPaths, readMedia } from '../parameters/media-paths.js';
import { folderOf } from '../request/build-params.js';
import { type JsonText, type Place, parseJsonText } from '../request/json-text.js';
import { createMediaReader } from '../request/media-reader.js';
import { readTextFile } from '../request/text-file.js';

/** An issue and its place in a file. */
type PlacedIssue = Issue & Place & { file: string };

/** What was found in a file of requests. */
export interface FileReport {
  /** As messages name it. */
  file: string;
  requests: number;
  errors: number;
  warnings: number;
  /** In the order of the file's requests. */
  issues: PlacedIssue[];
}

/**
 * Checks each request of a file: a wire task, or parameters as `--params` takes them.
 *
 * @param path a JSON file, `-` for stdin.
 * @throws {CommandError} it cannot be read, or is no JSON.
 */
export async function checkFile(path: string): Promise<FileReport> {
  const text = parseJsonText(await readTextFile(path));
  const isList = Array.isArray(text.value);
  const requests = isList ? (text.value as unknown[]) : [text.value];
  const issues = requests.flatMap((request, index) =>
    checkRequest(request, folderOf(path)).map((issue) =>
      placed({ ...issue, path: `${isList ? `/${index}` : ''}${issue.path}` }, text),
    ),
  );
  const number = (severity: Issue['severity']) =>
    issues.filter((issue) => issue.severity === severity).length;
  return {
    file: text.name,
    requests: requests.length,
    errors: number('error'),
    warnings: number('warning'),
    issues,
  };
}

function placed(issue: Issue, { name, placeOf }: JsonText): PlacedIssue {
  // A property that must not be there is found by its name.
  const part = issue.rule.endsWith('additionalProperties') ? 'key' : 'value';
  return { file: name, ...placeOf(issue.path, part), ...issue };
}

function checkRequest(request: unknown, folder: string): Issue[] {
  const isWireTask =
    !isObject(request) || ['taskType', 'taskUUID', 'model'].some((name) => name in request);
  return isWireTask ? validateTask(request) : checkParams(request, folder);
}

/** Paths are looked at, too: what is no file here could not be uploaded. */
function checkParams(params: JsonObject, folder: string): Issue[] {
  const issues: Issue[] = [];
  const reader = createMediaReader();
  const readable = readMedia(params, mediaPaths(parameters), (value, path) => {
    try {
      return reader(value, folder, path.slice(1).replaceAll('/', '.'));
    } catch (error) {
      const { message } = error as Error;
      issues.push({ rule: 'local-file', path, message, severity: 'error', origin: 'docs' });
      // Something that no rule objects to.
      return crypto.randomUUID();
    }
  });
  // Nothing is sent, so that any key does.
  const { lipsync } = new Sync3({ apiKey: 'none' });
  return [...issues, ...lipsync.validate(readable as unknown as LipsyncParams)];
}
