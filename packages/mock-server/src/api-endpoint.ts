import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ContractCheck } from './contract/contract-check.js';
import type { Finding } from './contract/finding.js';
import type { Journal } from './control/journal.js';
import type { Emulator } from './emulator.js';
import type { FaultPlan } from './faults/fault-plan.js';
import { inWordsOfTheDocument } from './profile/beyond-the-document.js';
import type { Profile } from './profile/profile.js';
import { readBody } from './read-body.js';
import { Refusal } from './refusal.js';
import { errorBody, sendJson } from './send-json.js';
import type { MockStats } from './stats.js';
import { answerInstead, distort, sendStruck, stall } from './strike.js';

/** What a POST to the API goes through. */
export interface ApiEndpoint {
  maxBodyBytes: number;
  check: ContractCheck;
  emulator: Emulator;
  faults: FaultPlan;
  stats: MockStats;
  violations: Finding[];
  journal: Journal;
  profile: Profile;
}

/** Body, fault, Prism, emulator, Prism, fault, answer: in this order, for every POST. */
export async function answerTasks(
  { maxBodyBytes, check, emulator, faults, stats, violations, journal, profile }: ApiEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  stats.requests += 1;
  const received = await receive(request, maxBodyBytes);
  const { body } = received;
  const taskTypes = (Array.isArray(body) ? body : []).map((task) => task?.taskType);
  const { authorization } = request.headers;
  const note = journal.receive(body, authorization);
  const fault = faults.take(taskTypes);
  if (fault) stats.faults += 1;
  if (fault?.kind === 'stall' || fault?.kind === 'drop-before-accept') {
    note({ fault: fault.kind });
    if (fault.kind === 'stall') stall(response, fault.stallMs);
    else response.destroy();
    return;
  }

  let findings: Finding[] = [];
  const tasks = inWordsOfTheDocument(body, profile);
  const checked = await check(tasks, async (found) => {
    findings = found;
    if (received.refusal) {
      const { status, code, message } = received.refusal;
      return { status, body: errorBody(code, message) };
    }
    const answer =
      answerInstead(fault) ??
      (await emulator.respond({ body: tasks, findings, headers: request.headers, fault }));
    return distort(answer, fault);
  });
  const [violation] = checked.violations;
  if (violation) {
    stats.violations += 1;
    violations.push(...checked.violations);
    const message = `A response of the mock server broke the document: ${violation.message}.`;
    const answer = { status: 500, body: errorBody('internalServerError', message) };
    note({ findings, fault: fault?.kind, status: answer.status, answer: answer.body });
    sendJson(response, answer);
    return;
  }
  const { status, body: answer } = checked.response;
  note({ findings, fault: fault?.kind, status, answer });
  sendStruck(response, checked.response, fault);
}

async function receive(
  request: IncomingMessage,
  maxBodyBytes: number,
): Promise<{ body?: unknown; refusal?: Refusal }> {
  let text: string;
  try {
    text = await readBody(request, maxBodyBytes);
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
  try {
    return { body: JSON.parse(text) };
  } catch {
    return { refusal: new Refusal(400, 'invalidJSON', 'The request body is not JSON.') };
  }
}
