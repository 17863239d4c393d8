import { discard, readText } from './bodies.ts';
import { isDone, type Job, resultUrl } from './job-book.ts';
import { type Answer, type Exchange, noEndpoint, type Protocol } from './protocol.ts';

/** fal: `/queue` stands for queue.fal.run, `/rest` for rest.fal.ai. */
export const fal: Protocol = async (exchange: Exchange): Promise<Answer> => {
  const { method, url, request, book } = exchange;
  const { pathname, origin } = url;
  const [, app, id, question] =
    /^\/queue\/(.+)\/requests\/([^/]+)(\/status)?$/.exec(pathname) ?? [];
  if (method === 'GET' && app && id) {
    const job = book.find(id);
    if (question) return { kind: 'poll', jobs: [job], body: stateOf(job, app) };
    const video = { url: resultUrl(job), content_type: 'video/mp4', file_name: 'output.mp4' };
    return { kind: 'result', jobs: [job], body: { video } };
  }
  if (method === 'POST' && pathname.startsWith('/queue/')) {
    const job = book.accept(await readText(request));
    const accepted = { ...links(job, pathname.slice('/queue/'.length)), queue_position: 0 };
    return { kind: 'submit', jobs: [job], body: { status: 'IN_QUEUE', ...accepted } };
  }
  if (pathname.startsWith('/rest/storage/upload/initiate')) {
    const file_url = `${origin}/stored/file.mp4`;
    await discard(request);
    return { kind: 'upload', body: { upload_url: `${origin}/store/file`, file_url } };
  }
  if (method === 'PUT' && pathname.startsWith('/store/file')) {
    const uploadedBytes = await discard(request);
    const partNumber = Number(pathname.split('/').at(-1));
    return { kind: 'upload', uploadedBytes, body: { partNumber, etag: `"${partNumber}"` } };
  }
  if (pathname === '/store/file/complete') {
    await discard(request);
    return { kind: 'upload', body: {} };
  }
  return noEndpoint(exchange);
};

function stateOf(job: Job, app: string): object {
  if (isDone(job)) return { status: 'COMPLETED', ...links(job, app), logs: null, metrics: {} };
  return { status: 'IN_PROGRESS', ...links(job, app), logs: null };
}

function links({ id }: Job, app: string): object {
  const address = `https://queue.fal.run/${app}/requests/${id}`;
  return {
    request_id: id,
    response_url: address,
    status_url: `${address}/status`,
    cancel_url: `${address}/cancel`,
  };
}
