import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { putFile } from '../../src/delivery/send.ts';
import { Outbound } from '../../src/outbound.ts';
import { createTemporaryFolder } from '../media/temporary-folder.ts';

test('an upload whose file is looked up while the server closes ends quietly', async () => {
  const path = join(await createTemporaryFolder(), 'result.mp4');
  await writeFile(path, 'video');
  const file = { uuid: 'result', name: 'result.mp4', path, mediaType: 'video/mp4', expiresAt: 0 };
  const closing = new AbortController();
  const put = putFile(new Outbound(false), 'http://127.0.0.1:1/put', file, closing.signal);
  closing.abort();
  await expect(put).rejects.toMatchObject({ name: 'AbortError' });
  // An error that nobody listens to would come with the next turn, and fail the run.
  await new Promise((resolve) => setTimeout(resolve, 50));
});
