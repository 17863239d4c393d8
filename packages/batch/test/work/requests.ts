import type { MockServer } from '@sync3/mock-server';

/** A POST to the mock server, as its journal has it. */
export interface RecordedRequest {
  /** In ms since the epoch, by the clock of this machine. */
  at: number;
  tasks: { taskType?: string; taskUUID?: string }[];
  status?: number;
}

/** The requests with a task of such a type, oldest first. */
export async function requestsOf(mock: MockServer, taskType: string): Promise<RecordedRequest[]> {
  const response = await fetch(new URL('/__mock/requests', mock.url));
  const { requests } = (await response.json()) as { requests: RecordedRequest[] };
  return requests.filter(({ tasks }) => tasks.some((task) => task.taskType === taskType));
}

/** Most jobs that the server had under way at a time. */
export function mostAtOnce({ tasks }: MockServer): number {
  const steps = tasks.flatMap(({ timeline, finishedAt = Infinity }) => [
    { at: timeline[0]?.at ?? 0, by: 1 },
    { at: finishedAt, by: -1 },
  ]);
  // One that ends makes room for one that begins in the same moment.
  steps.sort((one, other) => one.at - other.at || one.by - other.by);
  let now = 0;
  return Math.max(...steps.map(({ by }) => (now += by)));
}
