import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { once } from 'node:events';

/**
 * Starts a script of this folder in a process of its own.
 *
 * @param input the first message to the script: an argument may be no longer than 128 kB.
 * @param nodeOptions flags for Node, such as `--expose-gc`.
 */
export function startScript(script: URL, input: unknown, nodeOptions: string[] = []): ChildProcess {
  const child = fork(script, { execArgv: nodeOptions });
  child.send(input as Serializable);
  return child;
}

/**
 * The next message of a script.
 *
 * @throws {Error} the script ended without one.
 */
export async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const ended = new AbortController();
  const { signal } = ended;
  const exit = once(child, 'exit', { signal }).then(([code]) => {
    const script = child.spawnargs.find((argument) => argument.endsWith('.ts'));
    throw new Error(`${script} ended with code ${code} and no answer.`);
  });
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), exit]);
    return message as Message;
  } finally {
    exit.catch(() => {});
    ended.abort();
  }
}

/** Runs a script that answers once (see `answer`), and waits for its end. */
export async function runScript<Result>(
  script: URL,
  input: unknown,
  nodeOptions: string[] = [],
): Promise<Result> {
  const child = startScript(script, input, nodeOptions);
  const ended = once(child, 'exit');
  const result = await nextMessage<Result>(child);
  await ended;
  return result;
}
