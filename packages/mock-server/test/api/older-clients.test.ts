import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { start, startShared } from './start.js';

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==';

describe('tasks of older clients of Runware:', async () => {
  const { mock, post } = await startShared({ readOnlyApiKeys: ['reader'] });

  test.each([`data:image/png;base64,${pixel}`, pixel])(
    'imageUpload stores an image, and it can be read',
    async (image) => {
      const taskUUID = randomUUID();
      const { status, body } = await post([{ taskType: 'imageUpload', taskUUID, image }]);
      expect([status, body]).toEqual([
        200,
        {
          data: [
            {
              taskType: 'imageUpload',
              taskUUID,
              imageUUID: expect.stringMatching(/^[\da-f-]{36}$/),
              imageURL: expect.stringContaining('/files/'),
            },
          ],
        },
      ]);
      const stored = await fetch(body.data[0].imageURL);
      expect(Buffer.from(await stored.arrayBuffer()).toString('base64')).toBe(pixel);
    },
  );

  test('an image that is none of text, URL and base64 is refused by its name', async () => {
    const task = { taskType: 'imageUpload', taskUUID: randomUUID(), image: 'no image at all' };
    const { status, body } = await post([task]);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ parameter: 'image', taskType: 'imageUpload' }]);
  });

  test('imageUpload with a key that may only read is refused', async () => {
    const task = { taskType: 'imageUpload', taskUUID: randomUUID(), image: pixel };
    expect((await post([task], { authorization: 'Bearer reader' })).status).toBe(403);
  });

  test('ping is answered by pong, also beside an authentication task', async () => {
    const ping = { taskType: 'ping', ping: true };
    expect((await post([ping])).body).toEqual({ data: [{ taskType: 'ping', pong: true }] });
    const authentication = { taskType: 'authentication', apiKey: 'key' };
    const { body } = await post([authentication, ping], { authorization: '' });
    expect(body.data).toMatchObject([{ taskType: 'authentication' }, { pong: true }]);
  });

  test('a ping that has a taskUUID gets it back', async () => {
    const taskUUID = randomUUID();
    const { body } = await post([{ taskType: 'ping', taskUUID }]);
    expect(body).toEqual({ data: [{ taskType: 'ping', taskUUID, pong: true }] });
  });

  test('a ping without a key is refused', async () => {
    expect((await post([{ taskType: 'ping', ping: true }], { authorization: '' })).status).toBe(
      401,
    );
  });

  test('none of them breaks the document', () => expect(mock.violations).toEqual([]));
});

test('accountManagement tells what is left on the account', async () => {
  const { mock, post } = await start({ balance: 5 });
  const taskUUID = randomUUID();
  const task = { taskType: 'accountManagement', taskUUID, operation: 'getDetails' };
  const { status, body } = await post([task]);
  expect(status).toBe(200);
  expect(body.data).toMatchObject([{ ...task, balance: 5 }]);
  expect(JSON.stringify(body)).not.toContain('"key"');
  expect(mock.violations).toEqual([]);
});

test('accountManagement of an account without a limit tells a number, too', async () => {
  const { post } = await start();
  const task = { taskType: 'accountManagement', taskUUID: randomUUID(), operation: 'getDetails' };
  const { body } = await post([task]);
  expect(body.data[0].balance).toBeGreaterThan(0);
});
