import { describe, expect, test } from 'vitest';
import { job, settled, start, storeSample, upload } from './start.js';

describe('stored media', () => {
  test.each(['data:audio/wav;base64,', ''])(
    'given as %s base64 can be downloaded',
    async (prefix) => {
      const { post } = await start();
      const { body } = await post([upload(`${prefix}${btoa('some sound')}`)]);
      const [{ mediaUUID, mediaURL }] = body.data;
      expect(mediaUUID).toBeTruthy();
      const response = await fetch(mediaURL);
      expect(await response.text()).toBe('some sound');
    },
  );

  test('can be deleted, once', async () => {
    const { post } = await start();
    const [{ mediaUUID, mediaURL }] = (await post([upload(btoa('x'))])).body.data;
    const deletion = { ...upload(mediaUUID), operation: 'delete' };
    expect((await post([deletion])).body.data).toMatchObject([{ operation: 'delete', mediaUUID }]);
    expect((await fetch(mediaURL)).status).toBe(404);
    expect(await post([deletion])).toMatchObject({
      status: 404,
      body: { errors: [{ code: 'mediaNotFound' }] },
    });
  });

  test('that is neither a URL nor base64 is refused', async () => {
    const { post } = await start();
    expect(await post([upload('not base64!')])).toMatchObject({ status: 400 });
  });

  test.each(['/files/../../etc/passwd', '/files/%2e%2e%2fetc%2fpasswd', '/files/', '/files/x.mp4'])(
    'does not give out %s',
    async (path) => {
      const { mock } = await start();
      const response = await fetch(mock.url.replace('/v1', path));
      expect(response.status).toBe(404);
    },
  );
});

describe('stored media as inputs:', () => {
  test('one that was given as a URL is a file of its own', async () => {
    const { post } = await start();
    const [given] = (await post([upload(btoa('some sound'))])).body.data;
    const [copied] = (await post([upload(given.mediaURL)])).body.data;
    expect(copied.mediaUUID).not.toBe(given.mediaUUID);
    await post([{ ...upload(given.mediaUUID), operation: 'delete' }]);
    expect(await (await fetch(copied.mediaURL)).text()).toBe('some sound');
  });

  test('one can be used in several jobs, and as urn:uuid:', async () => {
    const { post } = await start();
    const { video, audio } = await storeSample(post);
    for (const reference of [video, video.toUpperCase(), `urn:uuid:${video}`]) {
      const task = job({ inputs: { video: reference, audio } });
      await post([task]);
      const { body } = await settled(post, task.taskUUID);
      expect(body.data).toMatchObject([{ status: 'success' }]);
    }
  });

  test('one that was deleted is not found by a job', async () => {
    const { post } = await start();
    const { video, audio } = await storeSample(post);
    await post([{ ...upload(video), operation: 'delete' }]);
    const task = job({ inputs: { video, audio } });
    await post([task]);
    const { body } = await settled(post, task.taskUUID);
    expect(body.errors).toMatchObject([
      { code: 'mediaNotFound', message: expect.stringContaining(video) },
    ]);
  });

  test('a video can be deleted by its videoUUID', async () => {
    const { post } = await start();
    const task = job({ inputs: await storeSample(post) });
    await post([task]);
    const [{ videoUUID, videoURL }] = (await settled(post, task.taskUUID)).body.data;
    expect((await post([{ ...upload(videoUUID), operation: 'delete' }])).status).toBe(200);
    expect((await fetch(videoURL)).status).toBe(404);
  });
});
