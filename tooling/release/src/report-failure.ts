/** Runs what a command does; when it throws, prints the message, without a stack, and fails. */
export async function reportFailure(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
