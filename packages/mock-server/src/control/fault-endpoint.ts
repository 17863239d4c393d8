import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import { faultProblem } from '../faults/fault-schema.js';
import { parseBody, readBody } from '../read-body.js';
import { Refusal } from '../refusal.js';
import { errorBody, sendJson } from '../send-json.js';

const maxBodyBytes = 1024 * 1024;

/**
 * `POST` plans a fault or a list of them, `DELETE` forgets all that have not struck, and each of
 * them and `GET` answer `{ faults }`: those that are still to strike.
 */
export async function answerFaults(
  plan: FaultPlan,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.method === 'POST') {
      for (const fault of readFaults(parseBody(await readBody(request, maxBodyBytes))))
        plan.add(fault);
    } else if (request.method === 'DELETE') {
      plan.clear();
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new Refusal(405, 'methodNotAllowed', 'Faults are read, planned with POST, or DELETEd.');
    }
    const status = request.method === 'POST' ? 201 : 200;
    sendJson(response, { status, body: { faults: plan.planned } });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, message } = error;
    sendJson(response, {
      status,
      body: errorBody(code, message),
      ...(status === 405 && { headers: { allow: 'GET, HEAD, POST, DELETE' } }),
    });
  }
}

/** @throws {Refusal} 400 that names every fault of the list that is none; nothing is planned then. */
function readFaults(body: unknown): Fault[] {
  const isList = Array.isArray(body);
  const faults: unknown[] = Array.isArray(body) ? body : [body];
  const problems = faults.flatMap((fault, index) => {
    const problem = faultProblem(fault);
    return problem ? [isList ? `Fault ${index}: ${problem}` : problem] : [];
  });
  if (problems.length > 0) {
    throw new Refusal(400, 'invalidFault', problems.slice(0, 20).join(' '));
  }
  return faults as Fault[];
}
