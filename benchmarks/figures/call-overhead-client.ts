import { loadClient } from '../clients/subjects.ts';
import { answer } from '../measure/answer.ts';
import { processorTime } from '../measure/processor-time.ts';

/** Microseconds per call. */
export interface CallTimes {
  wall: number;
  cpu: number;
}

interface Input {
  file: string;
  url: string;
  calls: number;
}

await answer(async ({ file, url, calls }: Input): Promise<CallTimes> => {
  const connect = await loadClient(file);
  const client = connect(url);
  const id = await client.submit('warm-up');
  for (let call = 0; call < calls / 10; call++) await client.status(id);
  const cpuSeconds = processorTime();
  const start = performance.now();
  for (let call = 0; call < calls; call++) await client.status(id);
  const wall = ((performance.now() - start) * 1000) / calls;
  return { wall, cpu: (cpuSeconds() * 1e6) / calls };
});
