import type { Answerer, ReceivedTasks } from '../answerer.js';
import type { PlannedResponse } from '../contract/contract-check.js';
import { errorBody } from '../send-json.js';
import { readRecords } from './read-records.js';
import { type Element, type ExchangeRecord, taskUUIDOf } from './record.js';
import { digestOfLong } from './recorder.js';

/** What the answer to one task held. */
interface TaskRecord {
  /** Its UUID when it was recorded. */
  taskUUID: string | undefined;
  data: Element[];
  errors: Element[];
  /** The exchange that it was part of. */
  exchange: ExchangeRecord;
}

/** The answers to tasks that mean the same, in the order of the recording. */
interface Sequence {
  records: TaskRecord[];
  next: number;
}

/**
 * Answers from records, without a network. A task is matched by what it means: its properties without
 * its own UUID and its addresses for results, which differ from run to run. Its answer comes back
 * under the UUID of the moment. What asks for a job gets the recorded states one after the other, and
 * the last one from then on.
 */
export class Replay implements Answerer {
  readonly isOwn = false;
  readonly #sequences = new Map<string, Sequence>();
  /** What was stored under a UUID: jobs with the same contents mean the same. */
  readonly #contents = new Map<string, string>();
  /** The recorded UUID for each UUID of the moment. */
  readonly #recordedUUIDs = new Map<string, string>();

  private constructor(records: ExchangeRecord[]) {
    for (const exchange of records) this.#learnContents(exchange);
    for (const exchange of records) this.#learn(exchange);
  }

  /** Reads the records of a folder. @throws {Error} there are none, or a file is no record. */
  static async open(folder: string): Promise<Replay> {
    const records = (await readRecords(folder)).map(({ record }) => record);
    return new Replay(records);
  }

  async respond({ body, headers }: ReceivedTasks): Promise<PlannedResponse> {
    const isDryRun = headers['x-runware-dry-run'] === '1';
    const tasks: Element[] = (Array.isArray(body) ? body : []).filter(
      (task) => task?.taskType !== 'authentication',
    );
    const answers: TaskRecord[] = [];
    for (const task of tasks) {
      const found = this.#take(task, isDryRun);
      if (!found) return this.#unmatched(task);
      answers.push(withUUID(found, task));
    }
    return compose(answers);
  }

  /** Uploads that go on at the same time may end in another order from run to run. */
  #learnContents({ request, answer }: ExchangeRecord): void {
    const { data = [] } = typeof answer === 'string' ? {} : answer;
    for (const { taskUUID, mediaUUID } of data) {
      const upload = request.find((task) => task['taskUUID'] === taskUUID);
      if (typeof mediaUUID !== 'string' || typeof upload?.['media'] !== 'string') continue;
      this.#contents.set(mediaUUID, `contents ${digestOfLong(upload['media'])}`);
    }
  }

  #learn(exchange: ExchangeRecord): void {
    const { request, answer, isDryRun } = exchange;
    const { data = [], errors = [] } = typeof answer === 'string' ? {} : answer;
    for (const task of request) {
      const taskUUID = taskUUIDOf(task);
      const own = (element: Element) => taskUUIDOf(element) === taskUUID;
      const key = this.#keyOf(task, isDryRun, taskUUID);
      const sequence = this.#sequences.get(key) ?? { records: [], next: 0 };
      this.#sequences.set(key, sequence);
      sequence.records.push({
        taskUUID,
        data: data.filter(own),
        errors: errors.filter(own),
        exchange,
      });
    }
  }

  #take(task: Element, isDryRun: boolean): TaskRecord | undefined {
    const taskUUID = taskUUIDOf(task) ?? '';
    const recorded = this.#recordedUUIDs.get(taskUUID) ?? taskUUID;
    const sequence = this.#sequences.get(this.#keyOf(task, isDryRun, recorded));
    const found = sequence?.records[Math.min(sequence.next, sequence.records.length - 1)];
    if (!sequence || !found) return undefined;
    sequence.next += 1;
    if (found.taskUUID !== undefined && !asks(task) && !isDryRun) {
      this.#recordedUUIDs.set(taskUUID, found.taskUUID);
    }
    return found;
  }

  /** What a task means, as a text. */
  #keyOf(task: Element, isDryRun: boolean, recordedUUID: string | undefined): string {
    const { taskUUID: _, webhookURL: __, uploadEndpoint: ___, ...meaning } = task;
    const about = asks(task) ? { ...meaning, recordedUUID } : meaning;
    return JSON.stringify([isDryRun, about], (_key, value) =>
      sorted(this.#contents.get(value) ?? digestOfLong(value)),
    );
  }

  #unmatched(task: Element): PlannedResponse {
    const taskType = String(task['taskType']);
    const same = [...this.#sequences.keys()].filter((key) => key.includes(`"${taskType}"`)).length;
    const message =
      `Nothing was recorded that means the same as this ${taskType} task. ` +
      `The records hold ${same} different ones of that type: record again, or send what was recorded.`;
    const { taskUUID } = task;
    const [error] = errorBody('notRecorded', message).errors;
    return { status: 404, body: { data: [], errors: [{ ...error, taskType, taskUUID }] } };
  }
}

/** Whether a task asks for another one by its UUID. */
function asks({ taskType }: Element): boolean {
  return taskType === 'getResponse' || taskType === 'getTaskDetails';
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** An answer under the UUID of the moment, wherever it stands in it. */
function withUUID(record: TaskRecord, { taskUUID }: Element): TaskRecord {
  const recorded = record.taskUUID;
  // What is no UUID is no name that anything else could hold.
  if (!recorded || !/^[\da-f-]{36}$/.test(recorded) || typeof taskUUID !== 'string') return record;
  const pattern = new RegExp(recorded, 'gi');
  const replaced = <Value>(value: Value): Value =>
    JSON.parse(JSON.stringify(value), (_, text) =>
      typeof text === 'string' ? text.replace(pattern, taskUUID) : text,
    );
  return { ...record, data: replaced(record.data), errors: replaced(record.errors) };
}

/** The answer to a request whose tasks were answered so. */
function compose(answers: TaskRecord[]): PlannedResponse {
  const exchanges = new Set(answers.map(({ exchange }) => exchange));
  const [whole] = exchanges;
  if (!whole) return { status: 200, body: { data: [] } };
  if (typeof whole.answer === 'string') {
    const text = whole.answer;
    return { status: whole.status, body: text, raw: { contentType: 'text/plain', text } };
  }
  const isOne = exchanges.size === 1 && answers.length === whole.request.length;
  const unnamed = (side: 'data' | 'errors') =>
    [...exchanges].flatMap(({ answer, request }) =>
      typeof answer === 'string' ? [] : unnamedIn(answer[side] ?? [], request),
    );
  const data = [...unnamed('data'), ...answers.flatMap((answer) => answer.data)];
  const errors = [...answers.flatMap((answer) => answer.errors), ...unnamed('errors')];
  const { retryAfter } = whole;
  const statuses = new Set([...exchanges].map(({ status }) => status));
  return {
    // A list that was recorded in parts has the status of its parts, or that of a mixed answer.
    status: isOne || statuses.size === 1 ? whole.status : 200,
    body: {
      ...('data' in whole.answer || data.length > 0 ? { data } : {}),
      ...('errors' in whole.answer || errors.length > 0 ? { errors } : {}),
    },
    ...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter } }),
  };
}

/** What names no task of the request: it is about the whole, such as the row of an authentication. */
function unnamedIn(elements: Element[], request: Element[]): Element[] {
  const named = new Set(request.map(taskUUIDOf));
  return elements.filter((element) => !named.has(taskUUIDOf(element)));
}
