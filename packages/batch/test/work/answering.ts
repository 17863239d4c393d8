import type { Scene } from './scene.ts';
import { clientOf } from './scene.ts';

/** A task as it is sent. */
export interface SentTask {
  taskType: string;
  taskUUID: string;
}

/** A client whose requests of a type are answered by the test; `undefined` leaves one to the server. */
export function answering(
  { mock }: Pick<Scene, 'mock'>,
  taskType: string,
  answer: (tasks: SentTask[], forward: () => Promise<Response>) => Promise<Response | undefined>,
  maxRetries = 0,
) {
  const instead: typeof fetch = async (input, init) => {
    const tasks = tasksIn(init);
    const forward = () => fetch(input, init);
    if (!tasks.some((task) => task.taskType === taskType)) return forward();
    return (await answer(tasks, forward)) ?? forward();
  };
  return clientOf(mock, { fetch: instead, maxRetries });
}

/** The tasks of a request; none for an upload, which is a stream. */
export function tasksIn(init: RequestInit | undefined): SentTask[] {
  return typeof init?.body === 'string' ? JSON.parse(init.body) : [];
}

/** What the API answers when it refuses each task of a request. */
export function refusal(tasks: SentTask[], code: string, status = 400): Response {
  const errors = tasks.map(({ taskUUID }) => ({ code, message: 'No.', taskUUID }));
  return Response.json({ errors }, { status });
}
