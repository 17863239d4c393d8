import { urlFor } from '@sync3/sdk/webhooks';
import { describe, expect, test } from 'vitest';
import { ruleKinds } from '../database/fresh-database.ts';
import { answering } from '../work/answering.ts';
import { inlineInputs, until, untilMet } from '../work/scene.ts';
import { deliver, openWebhookScene, type WebhookScene, webhookURLOf } from './webhook-scene.ts';

/** Resolves with the UUIDs of the jobs, in the order of their items, when all are submitted. */
async function submitted(scene: WebhookScene): Promise<string[]> {
  await until(async () => (await scene.items()).every(({ state }) => state === 'submitted'));
  return (await scene.items()).map(({ taskUUID }) => taskUUID);
}

describe.each(ruleKinds)('on %s', (kind) => {
  test('a delivery has its item looked at, and others are not', async () => {
    const scene = await openWebhookScene(kind);
    await scene.plan(5);
    const working = scene.workWithWebhooks({ limits: { concurrency: 5 } });
    const jobs = await submitted(scene);
    const last = `${jobs.at(-1)}`;
    const announced = 'select 1 from sync3.item where announced_at is not null';
    const isNoted = async () => (await scene.database.query(announced)).length === 0;
    let looks = 0;
    for (const taskUUID of jobs.slice(0, -1)) {
      expect(await deliver(webhookURLOf(scene.mock, taskUUID), taskUUID)).toBe(200);
      await until(isNoted);
      scene.polls.splice(0);
      // It is looked at again soon, as it has not ended.
      await until(() => scene.polls.some((tasks) => tasks.includes(taskUUID)));
      if (!scene.polls.flat().includes(last)) looks += 1;
    }
    // A slow poll of all may come in between.
    expect(looks).toBeGreaterThan(0);
    await scene.endHour();
    for (const taskUUID of jobs) await scene.end(taskUUID);
    expect(await working).toMatchObject({
      ending: 'complete',
      counts: { byState: { succeeded: 5 } },
    });
    expect(scene.mock.stats).toMatchObject({ submits: 5, charged: 5 });
    expect(scene.refusals).toEqual([]);
    await until(isNoted);
  });

  test('a delivery that comes before the submit is acknowledged is not lost', async () => {
    const scene = await openWebhookScene(kind);
    await scene.plan(1);
    const client = answering(scene, 'videoInference', async (tasks, forward) => {
      const response = await forward();
      for (const { taskUUID } of tasks) {
        await scene.endHour();
        await scene.end(taskUUID);
        await until(() => scene.deliveries.length === 1);
      }
      return response;
    });
    expect(
      await scene.workWithWebhooks({ client: { ...client, polling: undefined } }),
    ).toMatchObject({ counts: { byState: { succeeded: 1 } } });
    expect(scene.deliveries).toEqual([expect.objectContaining({ isKnown: true })]);
    expect(scene.mock.stats).toMatchObject({ submits: 1, charged: 1 });
  });

  test('a delivery that comes while no worker runs has the next one look at once', async () => {
    const scene = await openWebhookScene(kind);
    await scene.plan(2);
    const first = await scene.workWithWebhooks({ jobTimeoutMs: 500 });
    expect(first.counts.byState.submitted).toBe(2);
    const [item] = await scene.items();
    const isDue = async (key: string) => {
      const text = 'select next_look_at <= now() as due from sync3.item where key = $1';
      return (await scene.database.query<{ due: boolean }>(text, [key]))[0]?.due;
    };
    await scene.database.query(`update sync3.item set next_look_at = now() + interval '5 minutes'`);
    const taskUUID = `${item?.taskUUID}`;
    expect(await deliver(webhookURLOf(scene.mock, taskUUID), taskUUID)).toBe(200);
    expect(await isDue('clip-1')).toBe(true);
    expect(await isDue('clip-2')).toBe(false);
    await scene.endHour();
    await scene.end(taskUUID);
    await scene.end((await scene.item('clip-2')).taskUUID);
    expect(await scene.workWithWebhooks()).toMatchObject({
      counts: { byState: { succeeded: 2 } },
    });
    expect(scene.mock.stats).toMatchObject({ submits: 2, charged: 2 });
  });

  test('deliveries that come twice, late, for unknown jobs or with a forged token change nothing', async () => {
    const scene = await openWebhookScene(kind);
    await scene.plan(1);
    const working = scene.workWithWebhooks();
    const [taskUUID = ''] = await submitted(scene);
    const url = webhookURLOf(scene.mock, taskUUID);
    await scene.endHour();
    await scene.end(taskUUID);
    expect(await working).toMatchObject({ counts: { byState: { succeeded: 1 } } });
    const before = await scene.item();
    expect(await deliver(url, taskUUID)).toBe(200);
    expect(await deliver(url, taskUUID)).toBe(200);
    const other = crypto.randomUUID();
    expect(await deliver(url.replace(taskUUID, other), other)).toBe(401);
    const { url: endpoint, secret } = scene.webhooks;
    expect(await deliver(await urlFor(endpoint, other, { secret }), other)).toBe(200);
    expect(scene.deliveries.at(-1)).toEqual({ taskUUID: other, isKnown: false });
    expect(scene.refusals).toEqual(['invalidToken']);
    expect(await scene.item()).toEqual(before);
    await scene.workWithWebhooks();
    expect(scene.mock.stats).toMatchObject({ submits: 1, charged: 1 });
  });

  test('another webhook URL, or none, makes no other item; the secret stands nowhere', async () => {
    const scene = await openWebhookScene(kind);
    await scene.plan(2);
    const stop = new AbortController();
    const working = scene.workWithWebhooks({ signal: stop.signal });
    await submitted(scene);
    stop.abort();
    await working;
    await scene.plan(2);
    const rows = JSON.stringify(await scene.database.query('select * from sync3.item'));
    expect(rows).toContain('sync3_token');
    expect(rows + JSON.stringify(scene.events)).not.toContain(scene.webhooks.secret);
    expect(JSON.stringify(await scene.items())).not.toContain('sync3_token');
    await scene.endHour();
    for (const { taskUUID } of await scene.items()) await scene.end(taskUUID);
    expect(await scene.work()).toMatchObject({ counts: { byState: { succeeded: 2 } } });
    expect(scene.mock.stats).toMatchObject({ submits: 2, charged: 2 });
  });

  test('what may have been sent is sent again with the webhook URL that it had, also without a secret', async () => {
    const scene = await openWebhookScene(kind);
    await scene.plan([
      { key: 'ours', params: { inputs: inlineInputs } },
      { key: 'own', params: { inputs: inlineInputs, webhookURL: 'https://example.com/own' } },
    ]);
    const sent: string[] = [];
    let isMended = false;
    const stop = new AbortController();
    const client = answering(scene, 'videoInference', async (tasks) => {
      sent.push(...tasks.map((task) => JSON.stringify(task)));
      if (isMended) return undefined;
      if (sent.length === 2) stop.abort();
      throw new TypeError('The connection was lost.');
    });
    const work = { client: { ...client, submitBatchSize: 1, polling: undefined } };
    await scene.workWithWebhooks({ ...work, signal: stop.signal });
    expect(await scene.items()).toMatchObject(Array(2).fill({ state: 'submitting' }));
    const before = sent.splice(0).sort();
    expect(before.filter((task) => task.includes('sync3_token'))).toHaveLength(1);
    expect(before.filter((task) => task.includes('https://example.com/own"'))).toHaveLength(1);
    isMended = true;
    const again = scene.work(work);
    await submitted(scene);
    await scene.endHour();
    for (const { taskUUID } of await scene.items()) await scene.end(taskUUID);
    expect(await again).toMatchObject({ counts: { byState: { succeeded: 2 } } });
    expect(sent.sort()).toEqual(before);
  });
});

test('with several workers, a delivery wakes the one that has the item', async () => {
  const scene = await openWebhookScene('postgres');
  const { webhooks } = scene;
  const stop = new AbortController();
  const staying = { stay: true, signal: stop.signal, limits: { concurrency: 6 } };
  const working = [
    scene.workWithWebhooks(staying),
    scene.workOn(await scene.connect(), {
      webhooks,
      client: { baseUrl: scene.mock.url, apiKey: 'key-of-the-tests' },
      ...staying,
    }),
  ];
  await untilMet(scene, 2);
  await scene.plan(6);
  const jobs = await submitted(scene);
  const workers = new Set((await scene.items()).map(({ workerId }) => workerId));
  expect(workers.size).toBe(2);
  await scene.endHour();
  for (const taskUUID of jobs) await scene.end(taskUUID);
  await until(async () => (await scene.items()).every(({ state }) => state === 'succeeded'));
  stop.abort();
  await Promise.all(working);
  expect(scene.mock.stats).toMatchObject({ submits: 6, charged: 6 });
  expect(scene.deliveries).toHaveLength(6);
});
