import { test } from '@sync3/mock-server/vitest';
import { expect } from 'vitest';

test('the key of the project is let in, and no other', async ({ mock }) => {
  console.log(`server ${mock.url}`);
  const ask = (key: string) =>
    fetch(mock.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify([{ taskType: 'getResponse', taskUUID: crypto.randomUUID() }]),
    });
  expect((await ask('key-of-the-project')).status).toBe(200);
  expect((await ask('another')).status).toBe(401);
});
