import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { Outbound } from '../../src/outbound.js';
import { MediaStore } from '../../src/storage/media-store.js';

const retentionMs = 1_000;

async function open() {
  let time = 0;
  const now = () => time;
  const store = await MediaStore.open({ outbound: new Outbound(false), retentionMs, now });
  onTestFinished(() => store.close());
  const advance = (ms: number) => {
    time += ms;
  };
  return { store, advance, file: await store.store(btoa('some sound')) };
}

test('a file that is deleted while it is borrowed is unknown at once, and gone when it is given back', async () => {
  const { store, file } = await open();
  const [first, second] = [await store.borrow(file.uuid), await store.borrow(file.uuid)];
  expect(await store.delete(file.uuid)).toBe(true);
  expect(store.byUuid(file.uuid)).toBeUndefined();
  await first.giveBack();
  expect(existsSync(file.path)).toBe(true);
  await second.giveBack();
  expect(existsSync(file.path)).toBe(false);
});

test('a file whose time is over stays on the disk while it is borrowed', async () => {
  const { store, file, advance } = await open();
  const loan = await store.borrow(file.uuid);
  advance(retentionMs);
  await store.sweep();
  expect(existsSync(file.path)).toBe(true);
  await loan.giveBack();
  expect(store.byUuid(file.uuid)).toBe(file);
  advance(retentionMs);
  await store.sweep();
  expect(existsSync(file.path)).toBe(false);
});

test('a file with an end of its own is not renewed by use', async () => {
  const { store, file, advance } = await open();
  const shared = await store.share(file, 'a-video', 500);
  await (await store.borrow('a-video')).giveBack();
  advance(500);
  expect(store.byUuid('a-video')).toBeUndefined();
  await store.sweep();
  expect([existsSync(shared.path), existsSync(file.path)]).toEqual([false, true]);
});

test('what was only borrowed as a data URI is gone when it is given back', async () => {
  const { store } = await open();
  const { path, giveBack } = await store.borrow('data:audio/wav;base64,AAAA');
  expect(existsSync(path)).toBe(true);
  await giveBack();
  expect(existsSync(path)).toBe(false);
});
