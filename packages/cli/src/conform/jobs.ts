import { isPassing, meaningOf } from '@sync3/sdk';
import { ask, assertLetIn, isAboutTheMoment } from './ask.js';
import type { JobRecord } from './conform-state.js';
import type { Exchange, Row } from './exchange.js';
import { type Lab, taskOf } from './lab.js';
import { pricePerResult } from './spending.js';

/** Longest time after the first byte in which a job whose fate is open is sent again, in ms. */
const longestDoubt = 600_000;
/** Longest wait for a job, in ms. */
const longestJob = 1_800_000;

/** A job of an experiment: what is kept of it, and its task. */
export interface ExperimentJob {
  /** What the state knows it by. */
  name: string;
  task: Row;
  results: number;
  /** USD on the account before it, where known. */
  balanceBefore?: number | undefined;
}

/** A job that was sent, and the answer to it; `undefined` when the answer was lost. */
export interface Sent {
  record: JobRecord;
  exchange: Exchange | undefined;
}

/**
 * Submits jobs in one request, each at most once over all runs: its UUID is written down before the
 * first byte, and what has no answer is asked about before it is sent again with the same UUID.
 */
export async function submitOnce(lab: Lab, jobs: ExperimentJob[]): Promise<Sent[]> {
  const { state } = lab;
  const isNew = jobs.every(({ name }) => state.jobs[name] === undefined);
  if (isNew) {
    for (const { name, results, balanceBefore } of jobs) {
      state.jobs[name] = {
        taskUUID: crypto.randomUUID(),
        results,
        held: results * pricePerResult(state),
        sentAt: lab.now(),
        state: 'sending',
        repeats: [],
        ...(balanceBefore !== undefined && { balanceBefore }),
      };
    }
    await lab.save();
  }
  const records = jobs.map(({ name }) => state.jobs[name] as JobRecord);
  const tasks = jobs.map(({ task }, index) => ({ ...task, taskUUID: records[index]?.taskUUID }));
  let exchange: Exchange | undefined;
  if (isNew) exchange = await send(lab, tasks, records);
  for (const [index, record] of records.entries()) {
    if (record.state === 'sending') await resolve(lab, record, tasks[index] as Row);
  }
  await lab.save();
  return records.map((record) => ({ record, exchange }));
}

/**
 * Sends a job again on purpose, under its own UUID.
 *
 * @returns `undefined` when the answer does not tell what became of it.
 */
export async function repeat(
  lab: Lab,
  record: JobRecord,
  task: Row,
): Promise<{ fate: 'accepted' | 'refused' | undefined; exchange: Exchange | undefined }> {
  record.repeats.push('sending');
  await lab.save();
  const exchange = await lab.send([{ ...task, taskUUID: record.taskUUID }]);
  const fate = exchange && fateOf(exchange, record.taskUUID);
  if (fate !== undefined) record.repeats[record.repeats.length - 1] = fate;
  await lab.save();
  return { fate, exchange };
}

/** Asks until a job has ended; tells each answer about it. @returns the last one. */
export async function waitForEnd(
  lab: Lab,
  record: JobRecord,
  onAnswer: (exchange: Exchange) => void = () => {},
): Promise<Exchange | undefined> {
  const endsAt = lab.now() + longestJob;
  for (let wait = 1_000; ; wait = Math.min(wait * 1.3, 10_000)) {
    const exchange = await ask(lab, [poll(record)]);
    onAnswer(exchange);
    const ended = endOf(exchange, record);
    if (ended) {
      record.endedAt ??= lab.now();
      if (ended.cost !== undefined) record.cost = ended.cost;
      if (ended.videoURL !== undefined) record.videoURL = ended.videoURL;
      await lab.save();
      return exchange;
    }
    if (lab.now() > endsAt) return undefined;
    await lab.pause(wait);
  }
}

/** The task that asks for a job. */
export function poll({ taskUUID }: JobRecord): Row & { taskUUID: string } {
  return taskOf('getResponse', { taskUUID });
}

/** The rows about a job. */
export function rowsOf({ data }: Exchange, taskUUID: string): Row[] {
  return data.filter((row) => String(row['taskUUID']).toLowerCase() === taskUUID);
}

/** The errors that name a job. */
export function errorsOf({ errors }: Exchange, taskUUID: string): Row[] {
  return errors.filter((error) => String(error['taskUUID']).toLowerCase() === taskUUID);
}

/** What came of a job, as soon as an answer tells of all of its results. */
function endOf(
  exchange: Exchange,
  { taskUUID, results }: JobRecord,
): { cost?: number; videoURL?: string } | undefined {
  const rows = rowsOf(exchange, taskUUID);
  const failed = errorsOf(exchange, taskUUID).filter(
    ({ code, status }) => status === 'error' || !isPassing(meaningOf(String(code))),
  );
  const done = rows.filter(({ status }) => status === 'success');
  const ended = done.length + rows.filter(({ status }) => status === 'error').length;
  const isUnderWay = rows.some(({ status }) => status === 'processing');
  if (ended + failed.length < results && (isUnderWay || failed.length === 0)) return undefined;
  const costs = done.map(({ cost }) => cost).filter((cost) => typeof cost === 'number');
  const [url] = done.map(({ videoURL }) => videoURL).filter((each) => typeof each === 'string');
  return {
    ...(costs.length > 0 && { cost: costs.reduce((sum, cost) => sum + cost, 0) }),
    ...(url !== undefined && { videoURL: url }),
  };
}

/** What an answer to a submit says of one job. */
function fateOf(exchange: Exchange, taskUUID: string): 'accepted' | 'refused' | undefined {
  if (rowsOf(exchange, taskUUID).length > 0) return 'accepted';
  const named = errorsOf(exchange, taskUUID);
  if (named.some(({ code }) => !isPassing(meaningOf(String(code))))) return 'refused';
  // One that names nobody is about the request as a whole.
  const isRefused = exchange.status >= 400 && exchange.status < 500 && exchange.status !== 429;
  return isRefused && exchange.errors.length > 0 ? 'refused' : undefined;
}

async function send(lab: Lab, tasks: Row[], records: JobRecord[]): Promise<Exchange | undefined> {
  const exchange = await lab.send(tasks);
  if (!exchange || isAboutTheMoment(exchange)) return undefined;
  for (const record of records) {
    const fate = fateOf(exchange, record.taskUUID);
    if (fate !== undefined) record.state = fate;
  }
  await lab.save();
  assertLetIn(exchange);
  return exchange;
}

/** Finds out whether a job whose answer was lost was accepted; sends it again when it was not. */
async function resolve(lab: Lab, record: JobRecord, task: Row): Promise<void> {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await lab.pause(1_000 * attempt);
    const exchange = await ask(lab, [poll(record)]);
    const isKnown = errorsOf(exchange, record.taskUUID).some(
      ({ code }) => !['unknownTask', 'expiredTask'].includes(meaningOf(String(code))),
    );
    if (isKnown || rowsOf(exchange, record.taskUUID).length > 0) {
      record.state = 'accepted';
      return;
    }
    // Long after, a job may have ended and be forgotten: to send it again could pay for it twice.
    if (lab.now() - record.sentAt > longestDoubt) break;
    const again = await lab.send([task]);
    if (!again) continue;
    assertLetIn(again);
    const isConflict = errorsOf(again, record.taskUUID).some(
      ({ code }) => meaningOf(String(code)) === 'conflict',
    );
    const fate = isConflict ? 'accepted' : fateOf(again, record.taskUUID);
    if (fate === undefined) continue;
    record.state = fate;
    return;
  }
  record.state = 'doubtful';
}
