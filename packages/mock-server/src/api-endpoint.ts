import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Answerer } from './answerer.js';
import type { CheckedExchange, ContractCheck, PlannedResponse } from './contract/contract-check.js';
import type { Field } from './contract/described-fields.js';
import type { Finding } from './contract/finding.js';
import type { Journal } from './control/journal.js';
import type { Fault } from './faults/fault.js';
import type { FaultPlan } from './faults/fault-plan.js';
import type { Deviations } from './gateway/deviations.js';
import { inWordsOfTheDocument } from './profile/beyond-the-document.js';
import type { Profile } from './profile/profile.js';
import { parseBody, readBody } from './read-body.js';
import type { Recorder } from './records/recorder.js';
import { Refusal } from './refusal.js';
import { errorBody } from './send-json.js';
import type { MockStats } from './stats.js';
import { answerInstead, distort, sendStruck, stall } from './strike.js';

/** What a POST to the API goes through. */
export interface ApiEndpoint {
  maxBodyBytes: number;
  check: ContractCheck;
  answerer: Answerer;
  fieldsOf: (body: unknown) => Field[];
  /** In what the messages of others differ from the document. */
  deviations: Deviations;
  /** Writes down every exchange. */
  recorder: Recorder | undefined;
  faults: FaultPlan;
  stats: MockStats;
  violations: Finding[];
  journal: Journal;
  profile: Profile;
}

/** A message with tasks, as far as its answer depends on it. */
export interface ReceivedMessage {
  /** The parsed body; absent when there is a refusal. */
  body?: unknown;
  /** Why it cannot be read. */
  refusal?: Refusal;
  headers: IncomingHttpHeaders;
}

/** What comes of a message: an answer, with what a fault makes of it, or no answer. */
export type Exchanged =
  | { response: PlannedResponse; fault: Fault | undefined }
  | { response: undefined; fault: Fault };

/** Body, fault, Prism, answerer, Prism, fault, answer: in this order, for every POST. */
export async function answerTasks(
  endpoint: ApiEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const received = await bodyOrRefusal(async () =>
    parseBody(await readBody(request, endpoint.maxBodyBytes)),
  );
  const exchanged = await exchange(endpoint, { ...received, headers: request.headers });
  if (exchanged.response) sendStruck(response, exchanged.response, exchanged.fault);
  else if (exchanged.fault.kind === 'stall') stall(response, exchanged.fault.stallMs);
  else response.destroy();
}

/** The way of a message, whatever has brought it: fault, Prism, answerer, Prism. */
export async function exchange(
  endpoint: ApiEndpoint,
  { body, refusal, headers }: ReceivedMessage,
): Promise<Exchanged> {
  const { check, answerer, faults, stats, violations, journal, profile } = endpoint;
  stats.requests += 1;
  const taskTypes = (Array.isArray(body) ? body : []).map((task) => task?.taskType);
  const note = journal.receive(body, headers.authorization);
  const fault = faults.take(taskTypes);
  if (fault) stats.faults += 1;
  if (fault?.kind === 'stall' || fault?.kind === 'drop-before-accept') {
    note({ fault: fault.kind });
    return { response: undefined, fault };
  }

  let findings: Finding[] = [];
  const tasks = inWordsOfTheDocument(body, profile);
  const checked = await check(tasks, async (found) => {
    findings = found;
    if (refusal) {
      const { status, code, message } = refusal;
      return { status, body: errorBody(code, message) };
    }
    const answer =
      answerInstead(fault) ?? (await answerer.respond({ body: tasks, findings, headers, fault }));
    return distort(answer, fault);
  });
  const [violation] = checked.violations;
  if (violation) stats.violations += 1;
  if (!answerer.isOwn) noteDeviations(endpoint, body, findings, checked);
  if (violation && answerer.isOwn) {
    violations.push(...checked.violations);
    const message = `A response of the mock server broke the document: ${violation.message}.`;
    const response = { status: 500, body: errorBody('internalServerError', message) };
    note({ findings, fault: fault?.kind, status: response.status, answer: response.body });
    return { response, fault: undefined };
  }
  const { response } = checked;
  note({ findings, fault: fault?.kind, status: response.status, answer: response.body });
  endpoint.recorder?.record(body, headers['x-runware-dry-run'] === '1', response);
  return { response, fault };
}

/** Tells in what the messages between an application and the API differ from the document. */
function noteDeviations(
  { deviations, fieldsOf, stats }: ApiEndpoint,
  body: unknown,
  findings: Finding[],
  { response, violations }: CheckedExchange,
): void {
  const unknown = fieldsOf(response.body).filter(({ isDescribed }) => !isDescribed);
  stats.unknownFields += unknown.length;
  deviations.violations('request', body, findings);
  deviations.violations('response', response.body, violations);
  deviations.unknownFields(response.body, unknown);
}

/** A body, or why there is none; other failures are thrown. */
export async function bodyOrRefusal(
  read: () => unknown,
): Promise<Pick<ReceivedMessage, 'body' | 'refusal'>> {
  try {
    return { body: await read() };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
}
