import { sync3 } from '../clients/subjects.ts';
import type { Figure } from '../measure/figure.ts';
import { seededRandom } from '../measure/seeded-random.ts';
import { mean, percentile, spread } from '../measure/statistics.ts';
import { planJobs, runJobs } from './concurrent-jobs.ts';

const counts = [10_000, 20_000, 40_000];
const seed = 4;

/** Runs ever more jobs at once through @sync3/sdk: what they cost should grow as their number does. */
export const manyJobs: Figure = async () => {
  const random = seededRandom(seed);
  const rows = [];
  for (const count of counts) {
    const result = await runJobs(sync3, planJobs(count, random));
    const { requests, cpu, peakMemory, delays, failures } = result;
    const seconds = delays.map((ms) => ms / 1000);
    const values = [requests, mean(seconds), percentile(seconds, 95), cpu, peakMemory / 2 ** 20];
    rows.push({
      title: count.toLocaleString('en-US'),
      cells: [
        ...values.map((value) => spread([value])),
        spread([(cpu * 1e6) / count]),
        spread([peakMemory / count / 1024]),
        spread([failures.length]),
      ],
    });
  }
  return {
    title: '10,000 jobs and more',
    method:
      'As the jobs above, with @sync3/sdk alone. A cost that grows as the number of jobs is the same in each row of the two columns "a job".',
    subject: 'Jobs at once',
    columns: [
      { title: 'requests' },
      { title: 'known after, mean s', digits: 2 },
      { title: 'p95 s', digits: 2 },
      { title: 'CPU s', digits: 1 },
      { title: 'peak MB above idle' },
      { title: 'CPU µs a job' },
      { title: 'kB a job', digits: 1 },
      { title: 'errors' },
    ],
    rows,
    notes: [],
  };
};
