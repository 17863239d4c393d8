import { discard, readText, sendVideo } from './bodies.ts';
import { isDone, type Job } from './job-book.ts';
import { type Answer, type Exchange, noEndpoint, type Protocol } from './protocol.ts';

/** OpenAI: files that a vector store takes in, which is the job its client has a helper for. */
export const openai: Protocol = async (exchange: Exchange): Promise<Answer> => {
  const { method, url, request, response, book } = exchange;
  const { pathname } = url;
  const [, store, id] = /^\/v1\/vector_stores\/([^/]+)\/files(?:\/([^/]+))?$/.exec(pathname) ?? [];
  if (method === 'POST' && store) {
    const body = await readText(request);
    const job = book.accept(body, JSON.parse(body).file_id);
    return { kind: 'submit', jobs: [job], body: stateOf(job, store) };
  }
  if (method === 'GET' && store && id) {
    const job = book.find(id);
    return { kind: 'poll', jobs: [job], body: stateOf(job, store) };
  }
  if (method === 'POST' && pathname === '/v1/files') {
    const uploadedBytes = await discard(request);
    const body = { id: 'file', object: 'file', bytes: uploadedBytes, purpose: 'user_data' };
    return { kind: 'upload', uploadedBytes, body };
  }
  const size = /^\/v1\/videos\/(\d+)\/content$/.exec(pathname)?.[1];
  if (method === 'GET' && size) {
    await sendVideo(response, Number(size));
    return { kind: 'download' };
  }
  return noEndpoint(exchange);
};

function stateOf(job: Job, store: string): object {
  return {
    id: job.id,
    object: 'vector_store.file',
    created_at: 1_767_225_600,
    vector_store_id: store,
    status: isDone(job) ? 'completed' : 'in_progress',
    usage_bytes: 0,
    last_error: null,
  };
}
