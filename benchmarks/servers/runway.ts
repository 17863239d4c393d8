import { discard, readText } from './bodies.ts';
import { isDone, type Job, resultUrl } from './job-book.ts';
import { type Answer, type Exchange, noEndpoint, type Protocol } from './protocol.ts';

/** Runway: tasks. */
export const runway: Protocol = async (exchange: Exchange): Promise<Answer> => {
  const { method, url, request, book } = exchange;
  const { pathname, origin } = url;
  if (method === 'POST' && pathname === '/v1/character_performance') {
    const job = book.accept(await readText(request));
    return { kind: 'submit', jobs: [job], body: { id: job.id, estimatedCost: { credits: 25 } } };
  }
  const id = /^\/v1\/tasks\/([^/]+)$/.exec(pathname)?.[1];
  if (method === 'GET' && id) {
    const job = book.find(id);
    return { kind: 'poll', jobs: [job], body: stateOf(job) };
  }
  if (method === 'POST' && pathname === '/v1/uploads') {
    await discard(request);
    const body = { uploadUrl: `${origin}/store`, fields: {}, runwayUri: 'runway://file' };
    return { kind: 'upload', body };
  }
  if (method === 'POST' && pathname === '/store') {
    return { kind: 'upload', uploadedBytes: await discard(request), status: 204, body: null };
  }
  return noEndpoint(exchange);
};

function stateOf(job: Job): object {
  const task = { id: job.id, createdAt: '2026-01-01T00:00:00.000Z' };
  if (isDone(job)) return { ...task, status: 'SUCCEEDED', output: [resultUrl(job)] };
  return { ...task, status: 'RUNNING', progress: 0.5 };
}
