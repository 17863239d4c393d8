/**
 * Measures each subject so many times, in turns: what the machine does meanwhile meets them all.
 *
 * @returns the results of each subject, in the order of the subjects.
 */
export async function inTurns<Subject, Result>(
  repetitions: number,
  subjects: readonly Subject[],
  measure: (subject: Subject) => Result | Promise<Result>,
): Promise<Result[][]> {
  const results: Result[][] = subjects.map(() => []);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [index, subject] of subjects.entries()) {
      results[index]?.push(await measure(subject));
    }
  }
  return results;
}
