import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { properties } from '../diff/document-parts.ts';
import { sizes } from '../sizes.ts';
import { WorkTree } from './work-tree.ts';

let tree: WorkTree;
let from: string;
/** What a complete update changes. */
let complete: string;
/** How long one takes here, in ms. */
let durationMs: number;

beforeAll(async () => {
  tree = await WorkTree.create();
  from = await tree.changedDocument((document) => {
    properties(document).seed = { type: 'integer' };
  });
  const started = performance.now();
  await tree.update('--from', from);
  durationMs = performance.now() - started;
  complete = await tree.difference();
  await restore();
});
afterEach(restore);
afterAll(() => tree.remove());

async function restore() {
  await tree.git('reset', '--hard', '--quiet');
  await tree.git('clean', '-d', '--force', '--quiet');
}

/** The journal is the last thing that goes. */
async function settled(): Promise<void> {
  const staging = join(tree.root, 'node_modules/.cache/sync3-spec');
  for (;;) {
    const names = await readdir(staging).catch(() => []);
    if (!names.some((name) => name.endsWith('.json'))) return;
    await delay(10);
  }
}

test.each(sizes.moments)(
  'killed after %d of its time it has done all or nothing',
  async (share) => {
    const update = tree.start('--from', from);
    const ended = new Promise((resolve) => update.on('close', resolve));
    await delay(durationMs * share);
    try {
      process.kill(-(update.pid ?? 0), 'SIGKILL');
    } catch {
      // It was faster than the first one.
    }
    await ended;
    // The process that replaces the files may have been started just before.
    await delay(500);
    await settled();
    expect([complete, '']).toContain(await tree.difference());

    const { code } = await tree.update('--from', from);
    expect(code).toBe(0);
    expect(await tree.difference()).toBe(complete);
  },
);
