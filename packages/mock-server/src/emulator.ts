import type { IncomingHttpHeaders } from 'node:http';
import { taskType as jobType } from '@sync3/generated/constants';
import type { RateLimit } from './account/rate-limit.js';
import type { Answerer, ReceivedTasks } from './answerer.js';
import { authenticate, type Caller, type KnownKeys } from './authenticate.js';
import type { PlannedResponse } from './contract/contract-check.js';
import type { Finding } from './contract/finding.js';
import { identity, type RunwareError } from './contract/runware-error.js';
import type { Profile } from './profile/profile.js';
import { Refusal } from './refusal.js';
import { errorBody } from './send-json.js';
import { performTask } from './tasks/perform-task.js';
import type { Task, TaskAnswer, TaskRequest, TaskWorld } from './tasks/task.js';

/** What the answers of a server depend on. */
export interface EmulatorOptions {
  world: TaskWorld;
  keys: KnownKeys;
  rateLimit: RateLimit;
  /** Turns what Prism found in a task into errors. */
  toErrors: (findings: Finding[], task: unknown) => RunwareError[];
}

/** What the API answers: a function of the tasks, the jobs and the stored media. */
export class Emulator implements Answerer {
  readonly isOwn = true;
  readonly #options: EmulatorOptions;

  constructor(options: EmulatorOptions) {
    this.#options = options;
  }

  /**
   * Answers one request. Errors are scoped to the task that failed; the others are served
   * (runware.ai/docs/platform/errors). The status of a mixed answer is not documented: the profile
   * says it; it is that of the first refusal or failed job when the answer holds nothing else.
   */
  async respond({ body, findings, headers, fault }: ReceivedTasks): Promise<PlannedResponse> {
    const tasks: Task[] = Array.isArray(body) ? body : [];
    let caller: Caller;
    try {
      caller = this.#admit(headers, tasks);
    } catch (error) {
      return refuseAll(error);
    }
    if (tasks.length === 0) {
      const message = 'The body must be a JSON array of at least one task.';
      return { status: 400, body: { data: [], errors: [{ code: 'invalidRequest', message }] } };
    }
    const refusedList = refuseList(tasks, this.#options.world.profile);
    if (refusedList) return refusedList;
    const request = { caller, fault, isDryRun: headers['x-runware-dry-run'] === '1' };
    const found = byTask(findings);
    const { authenticationRow, mixedStatus } = this.#options.world.profile;
    const isGreeted = caller.row !== undefined && !found.has(0);
    const greeting = isGreeted && authenticationRow === 'told' ? [caller.row] : [];
    const answers: TaskAnswer[] = [];
    // One after the other: of two with the same UUID, the first one counts.
    for (const [index, task] of tasks.entries()) {
      if (index === 0 && isGreeted) continue;
      answers.push(await this.#answer(task, found.get(index), request));
    }
    const errors = answers.flatMap((answer) => answer.errors ?? []);
    const data = [...greeting, ...answers.flatMap((answer) => answer.data)];
    const refusals = answers.flatMap(({ refusedWith }) => refusedWith ?? []);
    const isMixed = refusals.length > 0 && refusals.length < answers.length;
    return {
      status: isMixed ? mixedStatus : (refusals[0] ?? 200),
      body: errors.length > 0 ? { data, errors } : { data },
    };
  }

  async #answer(
    task: Task,
    findings: Finding[] | undefined,
    request: TaskRequest,
  ): Promise<TaskAnswer> {
    const { toErrors, world } = this.#options;
    if (findings) return this.#refuse(task, 400, toErrors(findings, task), request);
    try {
      return await performTask(task, world, request);
    } catch (error) {
      const refused = refusalOf(error);
      return this.#refuse(task, refused.status, [errorOf(refused, task)], request);
    }
  }

  /** A refusal is the last answer under the UUID of a job that exists; a dry run has none. */
  #refuse(
    task: Task,
    refusedWith: number,
    errors: RunwareError[],
    { isDryRun }: TaskRequest,
  ): TaskAnswer {
    if (!isDryRun && task?.taskType === jobType && typeof task.taskUUID === 'string') {
      const job = this.#options.world.jobs.find(task.taskUUID);
      if (job) job.lastRefusal = errors;
    }
    const { refusalStatus } = this.#options.world.profile;
    return { data: [], errors, refusedWith: refusedWith === 400 ? refusalStatus : refusedWith };
  }

  #admit({ authorization }: IncomingHttpHeaders, tasks: Task[]): Caller {
    const caller = authenticate(authorization, tasks, this.#options.keys);
    this.#options.rateLimit.admit(caller.apiKey);
    return caller;
  }
}

/** The answer to a list of tasks that go alone, by the answers of the profile. */
function refuseList(tasks: Task[], profile: Profile): PlannedResponse | undefined {
  const isRefused = {
    getResponse: profile.pollLists === 'refused',
    [jobType]: profile.submitLists === 'refused',
  };
  for (const [taskType, refused] of Object.entries(isRefused)) {
    if (!refused || tasks.filter((task) => task?.taskType === taskType).length < 2) continue;
    const message = `Send one ${taskType} task in a request.`;
    return { status: 400, body: errorBody('invalidRequest', message) };
  }
  return undefined;
}

/** The findings in each task, by its place; their paths begin in the task. */
function byTask(findings: Finding[]): Map<number, Finding[]> {
  const groups = new Map<number, Finding[]>();
  for (const { path, ...found } of findings) {
    const [index, ...rest] = path;
    // Those about the whole body are answered without.
    if (index === undefined) continue;
    const own = groups.get(Number(index)) ?? [];
    own.push({ ...found, path: rest });
    groups.set(Number(index), own);
  }
  return groups;
}

/** The answer to a request that is not let in. */
function refuseAll(error: unknown): PlannedResponse {
  const refused = refusalOf(error);
  const { status, headers } = refused;
  const task = status === 401 ? { taskType: 'authentication' } : undefined;
  return { status, body: { errors: [errorOf(refused, task)] }, ...(headers && { headers }) };
}

/** Why a task was refused; what the mock server failed on is a refusal, too. */
function refusalOf(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal(500, 'internalServerError', `${error}`);
}

function errorOf({ code, message, parameter }: Refusal, task: unknown): RunwareError {
  return { code, message, ...(parameter && { parameter }), ...identity(task) };
}
