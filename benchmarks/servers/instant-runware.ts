import { sendVideo } from './bodies.ts';
import { isDone } from './job-book.ts';
import type { Answer, Exchange, Protocol } from './protocol.ts';
import { runware } from './runware.ts';

/** A result, in bytes: small, so that the disk bounds nothing. */
const resultBytes = 4_096;

/** Runware with results that can be downloaded from this server. */
export const instantRunware: Protocol = async (exchange: Exchange): Promise<Answer> => {
  const { method, url, response } = exchange;
  if (method === 'GET') {
    await sendVideo(response, resultBytes);
    return { kind: 'download' };
  }
  const answer = await runware(exchange);
  if (answer.kind !== 'poll' || !answer.jobs) return answer;
  const data = answer.jobs.map((job) => {
    const row = { taskType: 'videoInference', taskUUID: job.id };
    if (!isDone(job)) return { ...row, status: 'processing' };
    const videoURL = `${url.origin}/results/${job.id}.mp4`;
    return { ...row, status: 'success', videoUUID: job.id, videoURL, cost: 0.01 };
  });
  return { ...answer, body: { data } };
};
