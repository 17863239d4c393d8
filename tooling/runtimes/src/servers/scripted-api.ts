import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Arrival, readTasks, type Task } from './arrival.ts';
import type { Scenario } from './scenarios.ts';
import { sendJson } from './send-json.ts';
import { storedMedia } from './stored-media.ts';

/** A job that was accepted. */
interface Job {
  /** Its results, once it has been asked for often enough. */
  rows: object[];
  looksLeft: number;
}

/** An API that keeps to one scenario. Like the real one it accepts a UUID once. */
export class ScriptedApi {
  readonly arrivals: Arrival[] = [];
  readonly #scenario: Scenario;
  readonly #apiKey: string;
  readonly #jobs = new Map<string, Job>();
  #submits = 0;

  constructor(scenario: Scenario, apiKey: string) {
    this.#scenario = scenario;
    this.#apiKey = apiKey;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { isDeaf, redirectTo, firstSubmit } = this.#scenario;
    const isAuthorized = request.headers.authorization === `Bearer ${this.#apiKey}`;
    const arrival: Arrival = { taskTypes: [], taskUUIDs: [], isAuthorized };
    this.arrivals.push(arrival);
    if (isDeaf) return;
    const tasks = await readTasks(request);
    arrival.taskTypes = tasks.map(({ taskType }) => taskType);
    arrival.taskUUIDs = tasks.map(({ taskUUID }) => taskUUID);
    if (redirectTo) {
      response.writeHead(307, { location: redirectTo }).end();
      return;
    }
    const isSubmit = arrival.taskTypes.includes('videoInference');
    const isStruck = isSubmit && ++this.#submits === 1;
    if (isStruck && firstSubmit === 'unavailable') {
      sendJson(response, 503, { errors: [{ code: 'serviceUnavailable', message: 'Not now' }] });
      return;
    }
    const answers = tasks.map((task) => this.#perform(task, arrival));
    if (isStruck && firstSubmit === 'lost answer') {
      response.destroy();
      return;
    }
    const errors = answers.flatMap(({ error }) => error ?? []);
    const data = answers.flatMap(({ rows = [] }) => rows);
    sendJson(response, errors.length > 0 ? 400 : 200, { data, errors });
  }

  #perform(task: Task, arrival: Arrival): { rows?: object[]; error?: object } {
    const { taskType, taskUUID } = task;
    const job = this.#jobs.get(taskUUID);
    if (taskType === 'getResponse') return { rows: job ? look(job) : [] };
    if (taskType === 'mediaStorage') {
      const row = storedMedia(task);
      arrival.mediaUUID = row.mediaUUID;
      return { rows: [row] };
    }
    arrival.audio = Object(task['inputs']).audio;
    const { refusal, looksNeeded = 0, results = ['success'] } = this.#scenario;
    if (refusal) return { error: { ...refusal, taskType, taskUUID } };
    if (job) {
      const message = 'The taskUUID is in use.';
      return { error: { code: 'conflictTaskUUID', message, taskType, taskUUID } };
    }
    this.#jobs.set(taskUUID, {
      rows: results.map((status) => ({ taskType, taskUUID, status, ...contentOf[status]() })),
      looksLeft: looksNeeded * (this.#jobs.size + 1),
    });
    return { rows: [{ taskType, taskUUID }] };
  }
}

function look(job: Job): object[] {
  if (job.looksLeft === 0) return job.rows;
  job.looksLeft -= 1;
  return job.rows.map((row) => ({ ...row, status: 'processing', ...withoutResult }));
}

const withoutResult = { videoUUID: undefined, videoURL: undefined, error: undefined };

/** What a row holds beside its status. */
const contentOf = {
  processing: () => ({}),
  error: () => ({ error: { code: 'timeoutProvider', message: 'The provider took too long' } }),
  success: () => {
    const videoUUID = randomUUID();
    return { videoUUID, videoURL: `https://videos.example/${videoUUID}.mp4` };
  },
};
