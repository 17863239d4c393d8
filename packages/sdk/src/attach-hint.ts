/** What to do about a job whose fate is open: the sentence that errors end with. */
export function attachHint(taskUUID: string): string {
  return `If the job was accepted, it goes on and is charged: get its results with tasks.attach('${taskUUID}').`;
}
