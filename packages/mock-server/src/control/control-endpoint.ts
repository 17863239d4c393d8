import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Finding } from '../contract/finding.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import type { Deviations } from '../gateway/deviations.js';
import type { JobStore } from '../jobs/job-store.js';
import { servePage } from '../page/serve-page.js';
import { errorBody, sendJson } from '../send-json.js';
import type { MockStats } from '../stats.js';
import type { MediaStore } from '../storage/media-store.js';
import type { StoredFile } from '../storage/stored-file.js';
import { ChangeFeed } from './change-feed.js';
import { streamChanges } from './event-stream.js';
import { answerFaults } from './fault-endpoint.js';
import type { Journal } from './journal.js';
import type { Secrets } from './secrets.js';
import { viewTask } from './task-view.js';

/** What the endpoints under `/__mock/` show and change. */
export interface Controlled {
  jobs: JobStore;
  media: MediaStore;
  journal: Journal;
  secrets: Secrets;
  faults: FaultPlan;
  stats: Readonly<MockStats>;
  violations: readonly Finding[];
  deviations: Deviations;
  urlOf: (file: StoredFile) => string;
  /** Whether the page may play media from other hosts. */
  allowOutbound: boolean;
}

/** Answers one request to `/__mock/…`. */
export type ControlEndpoint = (
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  query: URLSearchParams,
) => Promise<void>;

/** Prepares the endpoints for tests in other languages, and the page. */
export function createControlEndpoint(controlled: Controlled): ControlEndpoint {
  const { jobs, journal, secrets, faults, stats, violations, allowOutbound } = controlled;
  const feed = new ChangeFeed(jobs, journal, secrets);
  let streams = 0;

  /** What a GET of each name answers as JSON. */
  const readable: Record<string, (query: URLSearchParams) => unknown> = {
    state: (query) => {
      const taskUUID = query.get('taskUUID');
      const tasks = taskUUID === null ? jobs.all : [jobs.find(taskUUID)].filter((job) => !!job);
      return { tasks: tasks.map((job) => viewTask(job, controlled)) };
    },
    requests: (query) => {
      const taskUUID = query.get('taskUUID')?.toLowerCase();
      const id = query.get('id');
      const requests = journal.exchanges.filter(
        (exchange) =>
          (id === null || String(exchange.id) === id) &&
          (taskUUID === undefined || exchange.tasks.some((task) => task.taskUUID === taskUUID)),
      );
      return { requests };
    },
    stats: () => stats,
    violations: () => ({ violations, deviations: controlled.deviations.all }),
    changes: (query) => ({ ...feed.since(Number(query.get('since'))), stats }),
  };

  return async (request, response, name, query) => {
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.setHeader('cache-control', 'no-store');
    if (name === 'faults') {
      await answerFaults(faults, request, response);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const message = `/__mock/${name} can be read with GET only.`;
      const headers = { allow: 'GET, HEAD' };
      sendJson(response, { status: 405, body: errorBody('methodNotAllowed', message), headers });
      return;
    }
    if (name === 'events') {
      // More than a page needs; a client that opens streams and forgets them is stopped here.
      if (streams >= 20) {
        const message = 'Too many event streams are open.';
        sendJson(response, { status: 503, body: errorBody('serviceUnavailable', message) });
        return;
      }
      streams += 1;
      response.once('close', () => {
        streams -= 1;
      });
      streamChanges(response, feed, stats);
      return;
    }
    const read = Object.hasOwn(readable, name) ? readable[name] : undefined;
    if (read) sendJson(response, { status: 200, body: read(query) });
    else await servePage(name, allowOutbound, response);
  };
}
