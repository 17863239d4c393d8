import { type Contract, loadContract } from '../contract/contract.js';
import type { Field } from '../contract/described-fields.js';
import { readRecords } from '../records/read-records.js';
import type { Element } from '../records/record.js';
import type {
  ApplicationContract,
  Promised,
  RecordedAnswer,
  RecordedRequest,
} from './application-contract.js';

/** Different tasks that a contract keeps. */
const mostRequests = 500;
/** What stands for a UUID that differs from run to run. */
const anyUUID = '00000000-0000-4000-8000-000000000000';
const uuidPattern = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi;

/**
 * Makes the contract of an application of what was recorded while its tests ran.
 *
 * @param folders of records, as the option `record` of a mock server writes them.
 * @throws {Error} there are no records.
 */
export async function distilContract(folders: readonly string[]): Promise<ApplicationContract> {
  const contract = await loadContract();
  const requests = new Map<string, RecordedRequest>();
  const answers = new Map<string, RecordedAnswer>();
  for (const folder of folders) {
    for (const { name, record } of await readRecords(folder)) {
      for (const task of record.request) addRequest(requests, task, name);
      if (typeof record.answer === 'string') continue;
      for (const side of ['data', 'errors'] as const) {
        for (const element of record.answer[side] ?? []) {
          addAnswer(answers, contract, side, element, name);
        }
      }
    }
  }
  return {
    version: 1,
    recordedAt: new Date().toISOString(),
    requests: [...requests.values()],
    answers: [...answers.values()],
  };
}

function addRequest(
  requests: Map<string, RecordedRequest>,
  task: Element,
  firstSeen: string,
): void {
  const general = generalised(task) as Element;
  const key = JSON.stringify(general);
  if (requests.has(key) || requests.size >= mostRequests) return;
  requests.set(key, { taskType: String(task['taskType']), task: general, firstSeen });
}

function addAnswer(
  answers: Map<string, RecordedAnswer>,
  { fieldsOf }: Contract,
  side: RecordedAnswer['side'],
  element: Element,
  firstSeen: string,
): void {
  const taskType = textOf(element['taskType']);
  const status = textOf(element['status']);
  const key = JSON.stringify([side, taskType, status]);
  const known = answers.get(key);
  const example = { ...(generalised(element) as Element), ...known?.example };
  const fields: Record<string, Promised> = {};
  for (const field of fieldsOf({ [side]: [example] })) {
    const [, , ...path] = field.path;
    if (path.length > 0) fields[pointerOf(path)] = promised(field);
  }
  answers.set(key, {
    side,
    taskType,
    status,
    example,
    fields,
    firstSeen: known?.firstSeen ?? firstSeen,
  });
}

/** What the document says of a property. */
export function promised({ isDescribed, isRequired }: Field): Promised {
  if (!isDescribed) return 'undescribed';
  return isRequired ? 'guaranteed' : 'described';
}

/** A JSON Pointer; places in lists are the first. */
export function pointerOf(path: readonly string[]): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Without what differs from run to run, or is a text of its users. */
function generalised(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((child) => generalised(child));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, child]) => [name, generalised(child, name)]);
    return Object.fromEntries(entries);
  }
  if (typeof value !== 'string') return value;
  if (key === 'text' || key === 'message') return value.replace(/[^\s\d]/gu, 'x');
  if (/^sha256:/.test(value)) return 'AAAA';
  const withoutUUIDs = value.replace(uuidPattern, anyUUID);
  return /^https?:/i.test(value) ? withoutUUIDs.replace(/\?.*$/s, '') : withoutUUIDs;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
