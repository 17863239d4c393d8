import { discard, readText } from './bodies.ts';
import { isDone, type Job, resultUrl } from './job-book.ts';
import { type Answer, type Exchange, noEndpoint, type Protocol } from './protocol.ts';

/** sync.so: generations. */
export const syncSo: Protocol = async (exchange: Exchange): Promise<Answer> => {
  const { method, url, request, book } = exchange;
  if (method === 'POST' && url.pathname === '/v2/generate') {
    if (request.headers['content-type']?.startsWith('multipart/')) {
      const uploadedBytes = await discard(request);
      return { kind: 'upload', uploadedBytes, status: 201, body: stateOf(book.accept('')) };
    }
    const job = book.accept(await readText(request));
    return { kind: 'submit', jobs: [job], status: 201, body: stateOf(job) };
  }
  const id = /^\/v2\/generate\/([^/]+)$/.exec(url.pathname)?.[1];
  if (method === 'GET' && id) {
    const job = book.find(id);
    return { kind: 'poll', jobs: [job], body: stateOf(job) };
  }
  return noEndpoint(exchange);
};

function stateOf(job: Job): object {
  const isFinished = isDone(job);
  return {
    id: job.id,
    createdAt: '2026-01-01T00:00:00.000Z',
    input: [],
    model: 'lipsync-2',
    status: isFinished ? 'COMPLETED' : 'PROCESSING',
    outputUrl: isFinished ? resultUrl(job) : null,
  };
}
