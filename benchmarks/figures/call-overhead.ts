import { plainFetchGet, type Subject, subjects } from '../clients/subjects.ts';
import { runScript } from '../measure/child-script.ts';
import type { Figure } from '../measure/figure.ts';
import { inTurns } from '../measure/repeat.ts';
import { spread } from '../measure/statistics.ts';
import { startServer } from '../servers/start-server.ts';
import type { CallTimes } from './call-overhead-client.ts';

const repetitions = 5;
const calls = 2_000;
const measured = [...subjects, plainFetchGet];

/** Measures the cheapest call of each client, one after the other. */
export const callOverhead: Figure = async () => {
  const results = await inTurns(repetitions, measured, (subject) => measureCalls(subject, calls));
  return {
    title: 'Overhead of one call',
    method: `${calls} looks at a finished job, each sent when the one before was answered, after a tenth as many to warm up; ${repetitions} processes of each client, in turns. The server is a process of its own. CPU is that of the client's process, all threads.`,
    subject: 'Client',
    columns: [
      { title: 'µs per call', best: 'lowest' },
      { title: 'CPU µs per call', best: 'lowest' },
    ],
    rows: measured.map(({ title }, index) => ({
      title,
      cells: [
        spread((results[index] ?? []).map(({ wall }) => wall)),
        spread((results[index] ?? []).map(({ cpu }) => cpu)),
      ],
    })),
    notes: [
      'The protocols differ: Runware takes a POST with a JSON body, the others a GET. Plain `fetch` speaks to the Runware server, and in its last row GET to that of sync.so: the floors under the two kinds.',
    ],
  };
};

export async function measureCalls({ protocol, file }: Subject, calls: number): Promise<CallTimes> {
  const server = await startServer(protocol);
  try {
    const script = new URL('call-overhead-client.ts', import.meta.url);
    return await runScript<CallTimes>(script, { file, url: server.url, calls });
  } finally {
    server.stop();
  }
}
