import { once } from 'node:events';

/** What the parent process gave to this script. */
export async function scriptInput<Input>(): Promise<Input> {
  const [input] = await once(process, 'message');
  return input;
}

/** Does the work of a script, sends its result to the parent process, and ends. */
export async function answer<Input, Result>(work: (input: Input) => Promise<Result>) {
  const result = await work(await scriptInput<Input>());
  // An open connection or timer of a client must not keep the script alive.
  process.send?.(result, () => process.exit());
}
