import { setTimeout } from 'node:timers/promises';
import { discard, readText } from './bodies.ts';
import { isDone, type Job, resultUrl } from './job-book.ts';
import { type Answer, type Exchange, noEndpoint, type Protocol } from './protocol.ts';

/** Longest that Replicate holds a request with `Prefer: wait`, in ms (its HTTP reference). */
const longestHoldMs = 60_000;

/** Replicate: predictions; with `Prefer: wait` the answer is held back until the job is done. */
export const replicate: Protocol = async (exchange: Exchange): Promise<Answer> => {
  const { method, url, request, book } = exchange;
  const { pathname } = url;
  if (method === 'POST' && pathname.endsWith('/predictions')) {
    const job = book.accept(await readText(request));
    if (String(request.headers['prefer']).startsWith('wait')) await hold(job);
    return { kind: 'submit', jobs: [job], status: 201, body: stateOf(job, 'starting') };
  }
  const id = /\/predictions\/([^/]+)$/.exec(pathname)?.[1];
  if (method === 'GET' && id) {
    const job = book.find(id);
    return { kind: 'poll', jobs: [job], body: stateOf(job, 'processing') };
  }
  if (method === 'POST' && pathname.endsWith('/files')) {
    const uploadedBytes = await discard(request);
    const urls = { get: `${url.origin}/v1/files/file` };
    return { kind: 'upload', uploadedBytes, status: 201, body: { id: 'file', urls } };
  }
  return noEndpoint(exchange);
};

async function hold(job: Job): Promise<void> {
  const until = Date.now() + longestHoldMs;
  // Once more where a timer goes off a little early.
  while (!isDone(job) && Date.now() < until) {
    await setTimeout(Math.max(Math.min(job.doneAt, until) - Date.now(), 1));
  }
}

function stateOf(job: Job, unfinished: string): object {
  const { id } = job;
  const isFinished = isDone(job);
  const address = `https://api.replicate.com/v1/predictions/${id}`;
  return {
    id,
    model: 'sync/lipsync-2',
    version: 'hidden',
    input: {},
    logs: '',
    output: isFinished ? resultUrl(job) : null,
    data_removed: false,
    error: null,
    status: isFinished ? 'succeeded' : unfinished,
    created_at: '2026-01-01T00:00:00.000Z',
    urls: { get: address, cancel: `${address}/cancel` },
  };
}
