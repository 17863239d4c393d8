/** What the parent process gave to this script. */
export function scriptInput<Input>(): Input {
  return JSON.parse(process.argv[2] ?? 'null');
}

/** Does the work of a script, sends its result to the parent process, and ends. */
export async function answer<Input, Result>(work: (input: Input) => Promise<Result>) {
  const result = await work(scriptInput<Input>());
  // An open connection or timer of a client must not keep the script alive.
  process.send?.(result, () => process.exit());
}
