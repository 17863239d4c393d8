import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { model, taskType } from '@sync3/generated/constants';
import { type Job, type MockServer, startMockServer, type TimelineEvent } from '@sync3/mock-server';
import { Sync3 } from '@sync3/sdk';
import { file } from '@sync3/sdk/node';
import { urlFor } from '@sync3/sdk/webhooks';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Caller } from './caller.ts';
import type { Application } from './start-application.ts';

const apiKey = `runware-${randomUUID()}`;
const secret = `webhooks-${randomUUID()}`;
const media = (name: string) =>
  file(fileURLToPath(new URL(`../../media/${name}`, import.meta.url)));

/**
 * What every example does, whatever its framework.
 *
 * @param start starts the real application, with these variables in its environment.
 */
export function describeApplication(
  start: (environment: Record<string, string>) => Promise<Application>,
): void {
  let mock: MockServer;
  let application: Application;
  let caller: Caller;
  /** Somebody with another session. */
  let stranger: Caller;
  let inputs = { video: '', audio: '' };

  const shown = async (taskUUID: string) => (await caller.get(`/jobs/${taskUUID}`)).json();
  const deliver = async (webhookURL: string | undefined, payload: object) => {
    const init = { method: 'POST', body: JSON.stringify(payload) };
    return (await caller.ask(`${webhookURL}`, init)).status;
  };

  /** Submits a job, and returns what the API knows of it. */
  async function submittedJob(): Promise<Job> {
    const response = await caller.post('/jobs', inputs);
    expect(response.status).toBe(202);
    const { taskUUID } = await response.json();
    const job = mock.tasks.find((candidate) => candidate.taskUUID === taskUUID);
    if (!job) throw new Error('The API does not know the job.');
    return job;
  }

  /** Waits until something has happened to a job so many times. */
  async function happened({ timeline }: Job, event: TimelineEvent['event'], times = 1) {
    const count = () => timeline.filter((entry) => entry.event === event).length;
    await vi.waitFor(() => expect(count()).toBe(times), { timeout: 280_000 });
  }

  beforeAll(async () => {
    mock = await startMockServer({ apiKeys: [apiKey], jobDurationMs: 50 });
    application = await start({
      RUNWARE_API_KEY: apiKey,
      RUNWARE_BASE_URL: mock.url,
      SYNC3_WEBHOOK_SECRET: secret,
    });
    caller = new Caller(application.url);
    stranger = new Caller(application.url);
    await caller.signIn();
    await stranger.signIn();
    const [video, audio] = await Promise.all(
      ['face.mp4', 'line-short.wav'].map((name) => caller.client().media.upload(media(name))),
    );
    inputs = { video: `${video?.mediaUUID}`, audio: `${audio?.mediaUUID}` };
  });

  afterEach(() => {
    expect(caller.answers.length + stranger.answers.length).toBeGreaterThan(0);
    const answers = [caller, stranger].flatMap((somebody) => somebody.answers.splice(0));
    for (const text of [...answers, application.output()]) {
      expect(text).not.toContain(apiKey);
      expect(text).not.toContain(secret);
    }
    expect(mock.violations).toEqual([]);
  });

  afterAll(async () => {
    await application?.close();
    await mock?.close();
  });

  describe('the proxy', () => {
    test('runs a job of a client with a session to its video', async () => {
      const { videos } = await caller.client().lipsync.run({
        inputs: { video: media('face.mp4'), audio: media('line-short.wav') },
      });
      expect(videos).toHaveLength(1);
      const download = await fetch(`${videos[0]?.url}`);
      expect(download.headers.get('Content-Type')).toBe('video/mp4');
    });

    test('lets nobody in without a session', async () => {
      const { requests } = mock.stats;
      const run = caller.client('no-session').lipsync.run({ inputs });
      await expect(run).rejects.toMatchObject({ name: 'AuthenticationError', status: 401 });
      expect(mock.stats.requests).toBe(requests);
    });

    test('takes calls from pages of its own host, and from no others', async () => {
      const question = [{ taskType: 'getResponse', taskUUID: randomUUID() }];
      const askFrom = async (Origin: string) =>
        (await caller.post('/api/sync3', question, { Origin })).status;
      expect(await askFrom(application.url)).toBe(200);
      expect(await askFrom('https://elsewhere.example')).toBe(403);
    });
  });

  describe('another session', () => {
    const spellings: [string, (uuid: string) => string][] = [
      ['as it is', (uuid) => uuid],
      ['in upper case', (uuid) => uuid.toUpperCase()],
      ['as a URN', (uuid) => `urn:uuid:${uuid}`],
    ];
    /** Nothing of these may reach the API. */
    async function expectRefused(status: RegExp, send: () => Promise<Response>) {
      const { requests } = mock.stats;
      expect(`${(await send()).status}`).toMatch(status);
      expect(mock.stats.requests).toBe(requests);
    }
    const ask = (task: object) =>
      stranger.post('/api/sync3', [{ taskUUID: randomUUID(), ...task }]);
    const job = { taskType, model };

    describe.each(spellings)('that names a UUID %s', (_, spell) => {
      test('cannot fetch the job of a client, nor submit it anew', async () => {
        const { taskUUID } = await caller.client().lipsync.submit({ inputs });
        for (const taskType of ['getResponse', 'getTaskDetails']) {
          await expectRefused(/40[01]/, () => ask({ taskType, taskUUID: spell(taskUUID) }));
        }
        const url = 'https://elsewhere.example/talk.mp4';
        const again = { ...job, taskUUID: spell(taskUUID), inputs: { video: url, audio: url } };
        await expectRefused(/40[01]/, () => ask(again));
        const { videos } = await caller.client().tasks.attach(taskUUID).wait();
        expect(videos).toHaveLength(1);
      });

      test('cannot fetch a job that the server has submitted', async () => {
        const job = await submittedJob();
        const { taskUUID } = job;
        // The application asks the API when it is told.
        await happened(job, 'webhook-delivered');
        await expectRefused(/404/, () => stranger.get(`/jobs/${spell(taskUUID)}`));
        await expectRefused(/40[01]/, () =>
          ask({ taskType: 'getResponse', taskUUID: spell(taskUUID) }),
        );
        expect((await caller.client().tasks.attach(taskUUID).wait()).videos).toHaveLength(1);
      });

      test('can neither use nor delete a stored file', async () => {
        const { mediaUUID } = await caller.client().media.upload(media('line-short.wav'));
        const named = spell(mediaUUID);
        const url = 'https://elsewhere.example/talk.mp4';
        const segments = [{ startTime: 0, endTime: 1, audio: named }];
        for (const task of [
          { ...job, inputs: { video: named, audio: url } },
          { ...job, inputs: { video: url, audio: named } },
          { ...job, inputs: { video: url }, settings: { segments } },
          { taskType: 'mediaStorage', operation: 'delete', media: named },
          { taskType: 'mediaStorage', operation: 'upload', media: named },
        ]) {
          await expectRefused(/401/, () => ask(task));
        }
        await expectRefused(/403/, () => stranger.post('/jobs', { video: url, audio: named }));
        await expectRefused(/403/, () => stranger.post('/jobs', { video: named, audio: url }));
        await caller.client().media.delete(mediaUUID);
      });

      test('cannot use a finished video, which its owner can', async () => {
        const { videos } = await caller.client().lipsync.run({ inputs });
        const video = `${videos[0]?.videoUUID}`;
        const task = { ...job, inputs: { video: spell(video), audio: inputs.audio } };
        await expectRefused(/401/, () => ask(task));
        const used = { inputs: { video: spell(video), audio: inputs.audio } };
        expect((await caller.client().lipsync.run(used)).videos).toHaveLength(1);
      });
    });

    test('cannot have a task done among others that are its own', async () => {
      const { taskUUID } = await caller.client().lipsync.submit({ inputs });
      const own = await stranger.client().media.upload(media('line-short.wav'));
      await expectRefused(/401/, () =>
        stranger.post('/api/sync3', [
          {
            taskType: 'mediaStorage',
            taskUUID: randomUUID(),
            operation: 'delete',
            media: own.mediaUUID,
          },
          { taskType: 'getResponse', taskUUID },
        ]),
      );
      await stranger.client().media.delete(own.mediaUUID);
    });

    test('does not get a job by storing a file under the taskUUID of it', async () => {
      const { taskUUID } = await caller.client().lipsync.submit({ inputs });
      const file = { operation: 'upload', media: 'data:audio/wav;base64,UklGRg==' };
      await ask({ taskType: 'mediaStorage', taskUUID, ...file });
      await expectRefused(/401/, () => ask({ taskType: 'getResponse', taskUUID }));
    });
  });

  test('a client whose submit is not answered at first runs its job once', async () => {
    mock.faults.add({ on: 'submit', kind: 'drop-after-accept', times: 1 });
    const { submits } = mock.stats;
    const { videos, taskUUID } = await caller.client().lipsync.run(
      { inputs },
      {
        idempotencyKey: randomUUID(),
      },
    );
    expect(videos).toHaveLength(1);
    expect(mock.tasks.filter((task) => task.taskUUID === taskUUID)).toHaveLength(1);
    expect(mock.stats.submits - submits).toBe(1);
  });

  describe('a job that the server submits', () => {
    test('shows its video once the API has told of it', async () => {
      const job = await submittedJob();
      const { taskUUID, task, results } = job;
      await happened(job, 'webhook-delivered');
      const { videos } = await new Sync3({ baseUrl: mock.url, apiKey }).tasks.status(taskUUID);
      const videoUUID = results[0]?.videoUUID;
      const video = { videoUUID, url: videos[0]?.url };
      const finished = { taskUUID, status: 'finished', videos: [video], failures: [] };
      expect(await shown(taskUUID)).toEqual(finished);

      const videoURL = 'https://elsewhere.example/another.mp4';
      const another = { taskType: 'videoInference', taskUUID, videoUUID, videoURL };
      expect(await deliver(task.webhookURL, another)).toBe(200);
      expect(await shown(taskUUID)).toEqual(finished);
    });

    test('shows its video once when the API tells of it twice', async () => {
      mock.faults.add({ on: 'webhook', kind: 'duplicate-webhook' });
      const job = await submittedJob();
      await happened(job, 'webhook-delivered', 2);
      expect((await shown(job.taskUUID)).videos).toHaveLength(1);
    });

    test('shows its failure once the API has told of it', async () => {
      mock.faults.add({ on: 'submit', kind: 'failed-results' });
      const job = await submittedJob();
      const { taskUUID } = job;
      await happened(job, 'webhook-delivered');
      const { failures } = await new Sync3({ baseUrl: mock.url, apiKey }).tasks.status(taskUUID);
      expect(failures).toHaveLength(1);
      const [{ code, message } = {}] = failures;
      const failed = { status: 'failed', videos: [], failures: [{ code, message }] };
      expect(await shown(taskUUID)).toEqual({ taskUUID, ...failed });
    });

    test('is not changed by a delivery with a wrong token, or none', async () => {
      // Nobody else may tell of it.
      mock.faults.add({ on: 'webhook', kind: 'lost-webhook' });
      const job = await submittedJob();
      const { taskUUID, results } = job;
      await happened(job, 'webhook-failed');
      const payload = { taskUUID, videoUUID: results[0]?.videoUUID };
      const endpoint = `${application.url}/hooks/sync3`;
      const forged = await urlFor(endpoint, taskUUID, { secret: 'a secret of somebody else' });
      for (const url of [forged, endpoint]) expect(await deliver(url, payload)).toBe(401);
      expect(await shown(taskUUID)).toMatchObject({ status: 'pending', videos: [] });
      expect(await deliver(job.task.webhookURL, payload)).toBe(200);
      expect(await shown(taskUUID)).toMatchObject({ status: 'finished' });
    });

    test('is told with its taskUUID when the API refuses it', async () => {
      mock.faults.add({ on: 'submit', kind: 'status', status: 402 });
      const response = await caller.post('/jobs', inputs);
      expect(response.status).toBe(502);
      const { taskUUID } = await response.json();
      expect(await shown(taskUUID)).toMatchObject({ taskUUID, status: 'pending' });
    });
  });

  describe('nothing is sent to the API, and the answer is', () => {
    const unknown = `/jobs/${randomUUID()}`;
    test.each<[status: number, what: string, ask: () => Promise<Response>]>([
      [401, 'a job without a session', () => caller.ask('/jobs', { method: 'POST', body: '{}' })],
      [401, 'a question without a session', () => caller.ask(unknown)],
      [404, 'a question about an unknown job', () => caller.get(unknown)],
      [400, 'a job without media', () => caller.post('/jobs', {})],
      [400, 'a job with a path', () => caller.post('/jobs', { ...inputs, video: './talk.mp4' })],
      [400, 'a body that is not JSON', () => caller.post('/jobs', '{')],
    ])('%i for %s', async (status, _, send) => {
      const { requests } = mock.stats;
      expect((await send()).status).toBe(status);
      expect(mock.stats.requests).toBe(requests);
    });
  });
}
