/** What to do about a job whose fate is open: the sentence that errors end with. */
export function attachHint(taskUUID: string): string {
  return `If it was accepted, the job goes on: tasks.attach('${taskUUID}') gets its results.`;
}
