import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/**
 * Starts a script of this folder in a process of its own.
 *
 * @param input JSON that the script finds in its first argument.
 * @param nodeOptions flags for Node, such as `--expose-gc`.
 */
export function startScript(script: URL, input: unknown, nodeOptions: string[] = []): ChildProcess {
  return fork(script, [JSON.stringify(input)], { execArgv: nodeOptions });
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
