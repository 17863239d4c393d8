import type { Sync3 } from '../client.js';
import type { TaskSnapshot } from '../results.js';

/** Asks the API for the state of a task, whose UUID is given as the API knows it. */
export type AskStatus = (taskUUID: string, spelledTaskUUID: string) => Promise<TaskSnapshot>;

/** What is being asked about one task. */
interface Questions {
  running: Promise<TaskSnapshot>;
  startedAt: number;
  /** Begins when the running one ends: it sees what happened after that one began. */
  queued?: Promise<TaskSnapshot> | undefined;
}

/**
 * Coalesces the questions about a task: however many deliveries arrive at once, one question runs and
 * one waits behind it, which all that arrive meanwhile share.
 *
 * @param patienceMs a question that is not answered for this long, in ms, does not hold up the next: a
 *   dead connection would otherwise keep every repeated delivery from being confirmed.
 */
export function createStatusQuestions(client: Pick<Sync3, 'tasks'>, patienceMs: number): AskStatus {
  const byTask = new Map<string, Questions>();

  function start(taskUUID: string, spelled: string): Promise<TaskSnapshot> {
    const running = Promise.resolve().then(() => client.tasks.status(spelled));
    const questions: Questions = { running, startedAt: performance.now() };
    byTask.set(taskUUID, questions);
    const leave = () => {
      if (byTask.get(taskUUID) === questions && !questions.queued) byTask.delete(taskUUID);
    };
    running.then(leave, leave);
    return running;
  }

  return (taskUUID, spelled) => {
    const questions = byTask.get(taskUUID);
    if (!questions) return start(taskUUID, spelled);
    questions.queued ??= endOf(questions, patienceMs).then(() => start(taskUUID, spelled));
    return questions.queued;
  };
}

/** Resolves when the running question has ended, or has taken too long. */
function endOf({ running, startedAt }: Questions, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, startedAt + patienceMs - performance.now());
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    running.then(end, end);
  });
}
