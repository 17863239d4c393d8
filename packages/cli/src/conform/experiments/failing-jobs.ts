import { ask } from '../ask.js';
import type { JobRecord } from '../conform-state.js';
import type { Exchange } from '../exchange.js';
import type { Experiment } from '../experiment.js';
import { errorsOf, rowsOf, submitOnce, waitForEnd } from '../jobs.js';
import { type Lab, taskOf } from '../lab.js';
import { left, type Observation } from '../observation.js';
import { failingTask } from '../sample-task.js';
import { until } from '../until.js';

const aboutFailure = ['failureForm', 'failedResults', 'failureWebhooks'] as const;

/** Two jobs in one request whose voice nobody can fetch. */
export const failingJobs: Experiment = {
  name: 'failing-jobs',
  describe: 'submits two jobs in one request whose voice nobody can fetch',
  settles: ['submitLists', ...aboutFailure],
  results: ({ jobs }) => (jobs['failing-1'] ? 0 : 2),
  async run(lab) {
    const { receiver } = lab;
    const webhook = receiver && { webhookURL: receiver.urlOf('failing') };
    const isNew = lab.state.jobs['failing-1'] === undefined;
    const balanceBefore = isNew ? await balanceOf(lab) : undefined;
    const sent = await submitOnce(lab, [
      { name: 'failing-1', task: await failingTask(lab, webhook), results: 1, balanceBefore },
      { name: 'failing-2', task: await failingTask(lab), results: 1 },
    ]);
    const uuids = sent.map(({ record: { taskUUID } }) => taskUUID);
    const lists = listsOf(uuids, sent[0]?.exchange);
    let accepted = sent.map(({ record }) => record).filter(({ state }) => state === 'accepted');
    if (accepted.length === 0) {
      // A server that takes no lists may take one alone.
      const job = {
        name: 'failing-alone',
        task: await failingTask(lab, webhook),
        results: 1,
        balanceBefore,
      };
      const [alone] = await submitOnce(lab, [job]);
      accepted = alone?.record.state === 'accepted' ? [alone.record] : [];
    }
    const [record] = accepted;
    if (!record) {
      const reason = 'the API did not accept a job whose voice nobody can fetch';
      return [lists, ...left(aboutFailure, reason)];
    }
    const end = await waitForEnd(lab, record);
    if (!end) return [lists, ...left(aboutFailure, 'the job did not end')];
    for (const other of accepted.slice(1)) await waitForEnd(lab, other);
    return [
      lists,
      { question: 'failureForm', answer: formOf(end, record.taskUUID), evidence: [end] },
      await chargeOf(lab, accepted),
      await webhookOf(lab, end),
    ];
  },
};

function listsOf(taskUUIDs: string[], exchange: Exchange | undefined): Observation {
  const question = 'submitLists';
  if (!exchange) return { question, open: 'the answer was lost', evidence: [] };
  const isNamed = taskUUIDs.every(
    (uuid) => rowsOf(exchange, uuid).length + errorsOf(exchange, uuid).length > 0,
  );
  const answer = isNamed ? 'accepted' : 'refused';
  return { question, answer, evidence: [exchange] };
}

function formOf(end: Exchange, taskUUID: string): string {
  if (rowsOf(end, taskUUID).some(({ status }) => status === 'error')) return 'row';
  if (rowsOf(end, taskUUID).length > 0) return 'no failure: the job succeeded';
  if (end.status === 400) return 'http400';
  return end.status === 200 ? 'errors' : `errors, HTTP ${end.status}`;
}

/** USD on the account, where the API tells. */
async function balanceOf(lab: Lab): Promise<number | undefined> {
  const { data } = await ask(lab, [taskOf('accountManagement', { operation: 'getDetails' })]);
  const balance = data.find((row) => 'balance' in row)?.['balance'];
  return typeof balance === 'number' ? balance : undefined;
}

async function chargeOf(lab: Lab, jobs: JobRecord[]): Promise<Observation> {
  const question = 'failedResults';
  const names = Object.keys(lab.state.jobs);
  if (names.some((name) => !name.startsWith('failing') && !name.startsWith('dry-run'))) {
    return { question, open: 'other jobs were paid for meanwhile', evidence: [] };
  }
  const before = jobs.find(({ balanceBefore }) => balanceBefore !== undefined)?.balanceBefore;
  const after = await balanceOf(lab);
  if (before === undefined || after === undefined) {
    return { question, open: 'the API does not tell the balance', evidence: [] };
  }
  // What else the account pays for in this minute would look the same.
  const answer = after < before ? 'charged' : 'free';
  if (answer === 'free') for (const job of jobs) job.cost ??= 0;
  await lab.save();
  return { question, answer, evidence: [] };
}

async function webhookOf({ receiver, patienceMs }: Lab, end: Exchange): Promise<Observation> {
  const question = 'failureWebhooks';
  if (!receiver) return { question, open: 'it takes --webhook-url', evidence: [] };
  const isSent = await until(() => receiver.payloads('failing').length > 0, patienceMs);
  return { question, answer: isSent ? 'sent' : 'none', evidence: [end] };
}
