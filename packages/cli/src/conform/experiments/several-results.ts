import type { Exchange } from '../exchange.js';
import type { Experiment } from '../experiment.js';
import { rowsOf, submitOnce, waitForEnd } from '../jobs.js';
import { left, type Observation } from '../observation.js';
import { sampleTask } from '../sample-task.js';

const results = 2;

/** One job with two results, which bring themselves to an upload endpoint where there is one. */
export const severalResults: Experiment = {
  name: 'several-results',
  describe: 'runs a job of one second with two results',
  settles: ['runningResults', 'uploadedRow'],
  results: ({ jobs }) => (jobs['several'] ? 0 : results),
  async run(lab) {
    const endpoint = lab.receiver && { uploadEndpoint: lab.receiver.urlOf('several') };
    const task = await sampleTask(lab, { numberResults: results, ...endpoint });
    const [sent] = await submitOnce(lab, [{ name: 'several', task, results }]);
    if (sent?.record.state !== 'accepted') {
      return left(severalResults.settles, 'the API did not accept a job with two results');
    }
    const { record } = sent;
    let running: Observation | undefined;
    const end = await waitForEnd(lab, record, (exchange) => {
      running ??= runningOf(exchange, record.taskUUID);
    });
    const question = 'runningResults';
    running ??= { question, open: 'both results were ready at once', evidence: [] };
    if (!end) return [running, ...left(['uploadedRow'], 'the job did not end')];
    if (!endpoint) return [running, ...left(['uploadedRow'], 'it takes --webhook-url')];
    const isNamed = rowsOf(end, record.taskUUID).every(({ videoURL }) => videoURL !== undefined);
    const uploadedRow = isNamed ? 'videoURL' : 'none';
    return [running, { question: 'uploadedRow', answer: uploadedRow, evidence: [end] }];
  },
};

/** What an answer tells of results that are not ready; nothing once both of them are. */
function runningOf(exchange: Exchange, taskUUID: string): Observation | undefined {
  const rows = rowsOf(exchange, taskUUID);
  const done = rows.filter(({ status }) => status !== 'processing').length;
  if (done === results) return undefined;
  const running = rows.length - done;
  const answers: Record<number, string> = { 0: 'hidden', [results - done]: 'listed' };
  const answer = answers[running] ?? `${running} row for ${results - done} results`;
  return { question: 'runningResults', answer, evidence: [exchange] };
}
