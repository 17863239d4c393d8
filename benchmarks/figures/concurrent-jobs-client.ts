import { loadClient } from '../clients/subjects.ts';
import { answer } from '../measure/answer.ts';
import { watchMemory } from '../measure/memory-watch.ts';
import { processorTime } from '../measure/processor-time.ts';

/** What the process of a client has seen. */
export interface JobTimes {
  /** When the caller knew each result, in Unix time in ms; 0 for a job without one. */
  knownTimes: number[];
  failures: string[];
  /** Seconds. */
  cpu: number;
  /** Seconds since all jobs were accepted; `null` when that was never said. */
  pollingCpu: number | null;
  /** Bytes above idle. */
  peakMemory: number;
}

interface Input {
  file: string;
  url: string;
  jobs: number;
}

await answer(async ({ file, url, jobs }: Input): Promise<JobTimes> => {
  const connect = await loadClient(file);
  const client = connect(url);
  await client.status(await client.submit('warm-up'));

  const knownTimes: number[] = new Array(jobs).fill(0);
  const failures: string[] = [];
  const memory = await watchMemory();
  const cpu = processorTime();
  let pollingCpu = (): number | null => null;
  let accepted = 0;
  const onAccepted = () => {
    accepted++;
    if (accepted === jobs) pollingCpu = processorTime();
  };
  await Promise.all(
    knownTimes.map(async (_, job) => {
      const label = `job-${job}`;
      try {
        const result = await client.run(label, onAccepted);
        // Nothing else may follow the number: job-1 is not job-17.
        if (!new RegExp(`${label}(?!\\d)`).test(result)) throw new Error(`${result} for ${label}`);
        knownTimes[job] = Date.now();
      } catch (error) {
        failures.push(String(error));
      }
    }),
  );
  return { knownTimes, failures, cpu: cpu(), pollingCpu: pollingCpu(), peakMemory: memory.stop() };
});
