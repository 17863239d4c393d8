import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { itemLife, type LivePage, servePage } from '@sync3/batch';
import { expect, onTestFinished, test } from 'vitest';
import { openFresh, temporaryFolder } from '../database/fresh-database.ts';
import { delivered, planItems } from './ledger-items.ts';

/** A page of one item with files. */
async function servedPage(files: readonly string[] = []) {
  const { database } = await openFresh('postgres');
  await planItems(database, [{ state: 'succeeded', settled: 1, files: files.map(delivered) }]);
  const folder = temporaryFolder();
  const outputDirectory = join(folder, 'output');
  mkdirSync(outputDirectory);
  const page = await servePage(database, { outputDirectory });
  onTestFinished(() => page.close());
  return { database, page, folder, outputDirectory };
}

/** Asks with any headers, as `fetch` would not. */
function ask(
  url: string | URL,
  headers: Record<string, string> = {},
  { method = 'GET', body = '' } = {},
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers }, async (response) => {
      let text = '';
      for await (const chunk of response.setEncoding('latin1')) text += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
    asked.on('error', reject).end(body);
  });
}

async function tokenOf({ url }: LivePage): Promise<string> {
  const { text } = await ask(url);
  return /"token":"(.*?)"/.exec(text)?.[1] ?? '';
}

test('every route refuses another host, another page, and who does not know the address', async () => {
  const { page } = await servedPage();
  const { origin, host } = new URL(page.url);
  const routes = ['', 'events', 'items', 'item?key=clip-1', 'result?item=1&file=0'];
  for (const route of routes) {
    const url = new URL(route, page.url);
    expect(await ask(url, { host: 'evil.example' })).toMatchObject({ status: 403 });
    expect(await ask(url, { origin: 'http://evil.example' })).toMatchObject({ status: 403 });
    expect(await ask(url, { origin: 'null' })).toMatchObject({ status: 403 });
    expect(await ask(`${origin}/${'x'.repeat(22)}/${route}`)).toMatchObject({ status: 404 });
  }
  expect(await ask(new URL('items', page.url))).toMatchObject({ status: 200 });
  // As behind `ssh -L`.
  expect(await ask(page.url, { host: 'localhost:9000' })).toMatchObject({ status: 200 });
  expect(host).toMatch(/^127\.0\.0\.1:/);
});

test('only the page itself can act', async () => {
  const { page, database } = await servedPage();
  const token = await tokenOf(page);
  const { origin } = new URL(page.url);
  const good = { origin, 'content-type': 'application/json', 'x-page-token': token };
  const pause = (headers: Record<string, string>, method = 'POST') =>
    ask(new URL('action', page.url), headers, { method, body: '{"action":"pause"}' });
  for (const name of Object.keys(good)) {
    const { [name as keyof typeof good]: _, ...rest } = good;
    expect(await pause(rest), name).toMatchObject({ status: 403 });
  }
  expect(await pause({ ...good, 'x-page-token': 'x'.repeat(token.length) })).toMatchObject({
    status: 403,
  });
  expect(await pause({ ...good, 'content-type': 'text/plain' })).toMatchObject({ status: 403 });
  expect(await pause(good, 'GET')).toMatchObject({ status: 404 });
  const heldOf = async () => (await itemLife(database, 'default', 'clip-1')).held;
  expect(await heldOf()).toBeUndefined();
  expect(await pause(good)).toMatchObject({ status: 200 });
  expect(await heldOf()).toMatchObject({ reason: 'person' });
  const url = new URL('action', page.url);
  for (const body of ['{', '[]', '{"action":"drop"}', '{"action":"drop","keys":[]}', '1']) {
    expect(await ask(url, good, { method: 'POST', body })).toMatchObject({ status: 400 });
  }
});

test('only files that the ledger names and the output folder holds are sent, in ranges', async () => {
  const names = ['clip 1.mp4', '../secret', 'link.mp4', 'folder', 'gone.mp4'];
  const { page, folder, outputDirectory } = await servedPage(names);
  writeFileSync(join(folder, 'secret'), 'secret');
  writeFileSync(join(outputDirectory, 'clip 1.mp4'), '0123456789');
  writeFileSync(join(outputDirectory, 'not-in-the-ledger.mp4'), '');
  mkdirSync(join(outputDirectory, 'folder'));
  symlinkSync(join(folder, 'secret'), join(outputDirectory, 'link.mp4'));
  const result = (query: string, headers = {}) =>
    ask(new URL(`result?${query}`, page.url), headers);
  const whole = await result('item=1&file=0');
  expect(whole).toMatchObject({ status: 200, text: '0123456789' });
  expect(whole.headers).toMatchObject({
    'content-type': 'video/mp4',
    'content-security-policy': expect.stringContaining('sandbox'),
    'x-content-type-options': 'nosniff',
  });
  expect(await result('item=1&file=0', { range: 'bytes=2-4' })).toMatchObject({
    status: 206,
    text: '234',
    headers: { 'content-range': 'bytes 2-4/10' },
  });
  for (const query of [1, 2, 3, 4, 5, -1].map((file) => `item=1&file=${file}`)) {
    expect(await result(query), query).toMatchObject({ status: 404 });
  }
  for (const query of ['item=2&file=0', 'item=x&file=0', 'file=0', 'item=1&file=__proto__']) {
    expect(await result(query), query).toMatchObject({ status: 404 });
  }
});
