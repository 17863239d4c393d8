import { ask, askForSure } from '../ask.js';
import type { Exchange } from '../exchange.js';
import type { Experiment } from '../experiment.js';
import { errorsOf, poll, repeat, rowsOf, submitOnce, waitForEnd } from '../jobs.js';
import { type Lab, taskOf } from '../lab.js';
import { left, type Observation, observed, type QuestionName } from '../observation.js';
import { sampleTask } from '../sample-task.js';
import { until } from '../until.js';

const name = 'single';
/** Shortest that the document allows, in seconds. */
const ttl = 60;

/** One job: its acknowledgement, a second submit while it runs, its webhook. */
export const singleJob: Experiment = {
  name: 'single-job',
  describe: 'runs a job of one second, and sends it again while it runs',
  settles: ['acknowledgementStatus', 'repeatWhileRunning', 'webhookPayload'],
  // One for it, and one where a second submit is accepted.
  results: ({ jobs }) => 2 - (jobs[name] ? 1 + Math.min(jobs[name].repeats.length, 1) : 0),
  async run(lab) {
    const task = await taskOfJob(lab);
    const [sent] = await submitOnce(lab, [{ name, task, results: 1 }]);
    if (sent?.record.state !== 'accepted') {
      return left(singleJob.settles, 'the API did not accept the sample job');
    }
    const { record, exchange } = sent;
    const acknowledgement = acknowledgementOf(exchange, record.taskUUID);
    const again = await repeatOnce(lab, 'repeatWhileRunning', task);
    const end = await waitForEnd(lab, record);
    if (!end) return [acknowledgement, again, ...left(['webhookPayload'], 'the job did not end')];
    return [acknowledgement, again, await webhookOf(lab)];
  },
};

/** The job that has ended: lists of polls, a second submit, and what the archive tells. */
export const finishedJob: Experiment = {
  name: 'finished-job',
  describe: 'asks for the finished job in a list, and sends it once more',
  settles: ['pollLists', 'repeatAfterCompletion', 'archivedResponse'],
  results: ({ jobs }) => ((jobs[name]?.repeats.length ?? 0) > 1 ? 0 : 1),
  async run(lab) {
    const record = lab.state.jobs[name];
    if (record?.endedAt === undefined) {
      return left(finishedJob.settles, 'it takes the finished job of single-job');
    }
    const lists = await askForSure(
      lab,
      'pollLists',
      () => ask(lab, [poll(record), taskOf('getResponse')]),
      (exchange) => (rowsOf(exchange, record.taskUUID).length > 0 ? 'answered' : 'refused'),
    );
    const again = await repeatOnce(lab, 'repeatAfterCompletion', await taskOfJob(lab));
    return [observed('pollLists', lists), again, await archiveOf(lab, again)];
  },
};

/** The URL of the job's video, after its `ttl`. */
export const expiredUrl: Experiment = {
  name: 'expired-url',
  describe: 'asks for the video of the job after its ttl of a minute',
  settles: ['expiredURLStatus'],
  results: () => 0,
  async run(lab) {
    const record = lab.state.jobs[name];
    if (record?.endedAt === undefined || record.videoURL === undefined) {
      return left(expiredUrl.settles, 'it takes the finished job of single-job');
    }
    const over = record.endedAt + (ttl + 15) * 1_000 - lab.now();
    if (over > 0) await lab.pause(over);
    const status = await lab.statusOf(record.videoURL);
    const question = 'expiredURLStatus';
    if (status === undefined) return left([question], 'the host of the video did not answer');
    const answer = status < 300 ? 'the video is still there' : status;
    return [{ question, answer, evidence: [] }];
  },
};

async function taskOfJob(lab: Lab) {
  const webhook = lab.receiver && { webhookURL: lab.receiver.urlOf(name) };
  return sampleTask(lab, { ttl, ...webhook });
}

function acknowledgementOf(exchange: Exchange | undefined, taskUUID: string): Observation {
  const question = 'acknowledgementStatus';
  const [row] = exchange ? rowsOf(exchange, taskUUID) : [];
  if (!exchange || !row) return { question, open: 'the answer was lost', evidence: [] };
  return { question, answer: String(row['status'] ?? 'absent'), evidence: [exchange] };
}

/** A second submit: it is made once over all runs, since it may be paid for. */
async function repeatOnce(
  lab: Lab,
  question: QuestionName & ('repeatWhileRunning' | 'repeatAfterCompletion'),
  task: Awaited<ReturnType<typeof taskOfJob>>,
): Promise<Observation> {
  const record = lab.state.jobs[name];
  const place = question === 'repeatWhileRunning' ? 0 : 1;
  if (!record) return { question, open: 'there is no job', evidence: [] };
  if (record.repeats.length > place) {
    return { question, open: 'the answer was lost; asking again may be paid for', evidence: [] };
  }
  if (question === 'repeatWhileRunning' && record.endedAt !== undefined) {
    // The place is taken, so that the next one is known by its own.
    record.repeats.push('refused');
    return { question, open: 'the job had ended before', evidence: [] };
  }
  const { fate, exchange } = await repeat(lab, record, task);
  const evidence = exchange ? [exchange] : [];
  if (fate === undefined) {
    return { question, open: 'the answer was lost; asking again may be paid for', evidence };
  }
  return { question, answer: fate, evidence };
}

async function archiveOf(lab: Lab, again: Observation): Promise<Observation> {
  const question = 'archivedResponse';
  const record = lab.state.jobs[name];
  if (!record || !('answer' in again) || again.answer !== 'refused') {
    return { question, open: 'it takes a refused second submit', evidence: [] };
  }
  const { taskUUID } = record;
  const send = () => ask(lab, [taskOf('getTaskDetails', { taskUUID })]);
  const reading = await askForSure(lab, question, send, (exchange) => {
    const [row] = rowsOf(exchange, taskUUID);
    const response = Object(row?.['response']);
    if (!row || errorsOf(exchange, taskUUID).length > 0) return 'no details';
    return Array.isArray(response.errors) && response.errors.length > 0 ? 'refusal' : 'result';
  });
  return observed(question, reading);
}

async function webhookOf({ receiver, patienceMs }: Lab): Promise<Observation> {
  const question = 'webhookPayload';
  if (!receiver) return { question, open: 'it takes --webhook-url', evidence: [] };
  await until(() => receiver.payloads(name).length > 0, patienceMs);
  const [payload] = receiver.payloads(name);
  if (payload === undefined) return { question, answer: 'no webhook came', evidence: [] };
  return { question, answer: formOf(payload), evidence: [] };
}

function formOf(payload: string): string {
  try {
    const body = Object(JSON.parse(payload));
    if (Array.isArray(body.data) || Array.isArray(body.errors)) return 'enveloped';
    return typeof body.taskUUID === 'string' ? 'flat' : 'another form';
  } catch {
    return 'no JSON';
  }
}
