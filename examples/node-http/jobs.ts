import type { Video, VideoFailure } from '@sync3/sdk';

/** What is known about a job. */
export interface Job {
  taskUUID: string;
  status: 'pending' | 'finished' | 'failed';
  videos: { videoUUID: string; url: string }[];
  failures: { code: string; message: string }[];
}

/** In memory; a real application has a database. */
const jobs = new Map<string, Job>();

export function findJob(taskUUID: string): Job | undefined {
  return jobs.get(taskUUID);
}

/** The job, which is new unless it was recorded: a result must not be lost for want of its job. */
export function recordJob(taskUUID: string): Job {
  const job = jobs.get(taskUUID) ?? { taskUUID, status: 'pending', videos: [], failures: [] };
  jobs.set(taskUUID, job);
  return job;
}

export function recordVideo({ taskUUID, videoUUID, url }: Video): void {
  const job = recordJob(taskUUID);
  job.status = 'finished';
  job.videos.push({ videoUUID, url });
}

export function recordFailure({
  taskUUID,
  code,
  message,
}: VideoFailure & { taskUUID: string }): void {
  const job = recordJob(taskUUID);
  job.status = 'failed';
  job.failures.push({ code, message });
}
