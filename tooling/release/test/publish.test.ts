import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type LocalRegistry, startLocalRegistry } from '../src/packages/local-registry.ts';
import { packPackages } from '../src/packages/pack-packages.ts';
import { createScene, type Scene, writeFiles } from './scene.ts';

const manifest = (name: string, dependencies: Record<string, string> = {}) =>
  JSON.stringify({ name, version: '1.2.0', license: 'MIT', type: 'module', dependencies });

// In the order of the folders, the client would come before what it needs.
const files = {
  'pnpm-workspace.yaml': 'packages: [packages/*]\n',
  'packages/client/package.json': manifest('@sync3-test/client', {
    '@sync3-test/core': 'workspace:*',
  }),
  'packages/client/CHANGELOG.md':
    '# client\n\n## 1.2.0\n\n### Minor Changes\n\n- Thanks to @ada\n\n## 1.1.0\n\n- Old\n',
  'packages/core/package.json': manifest('@sync3-test/core'),
  'packages/core/CHANGELOG.md': '# core\n\n## 1.2.0\n\n- New\n',
  'packages/tool/package.json': '{ "name": "tool", "version": "0.0.0", "private": true }',
  '.changeset/README.md': '# Changesets\n',
};
const [core, client] = ['@sync3-test/core@1.2.0', '@sync3-test/client@1.2.0'];

let scene: Scene;
let clone: string;
let tarballs: string;
beforeAll(async () => {
  scene = await createScene(files);
  clone = await scene.checkOut();
  tarballs = join(scene.folder, 'tarballs');
  await packPackages(clone, tarballs, 'acme/sync3');
});
afterAll(() => scene.remove());

let registry: LocalRegistry;
let cache: string;
beforeEach(async () => {
  registry = await startLocalRegistry();
  cache = mkdtempSync(join(tmpdir(), 'sync3-cache-'));
});
afterEach(async () => {
  await registry.close();
  rmSync(cache, { recursive: true, force: true });
});

const publish = (environment: Record<string, string> = {}) =>
  scene.script('publish.ts', tarballs, {
    ...registry.environment,
    npm_config_cache: cache,
    npm_config_fetch_retries: '0',
    TARBALLS: tarballs,
    ...environment,
  });

/** Which step the release workflow would take now. */
async function nextStep(environment: Record<string, string> = registry.environment) {
  const printed = await scene.script('find-next-step.ts', clone, environment);
  return printed.replace('step: ', '').trim();
}

test('what is not published is published, what others depend on first, without a token', async () => {
  expect(await nextStep()).toBe('publish');
  await publish();
  expect(registry.published).toEqual([core, client]);
  expect(await nextStep()).toBe('done');
});

test('after a failure half-way, the next run publishes the rest', async () => {
  const file = join(tarballs, 'sync3-test-client-1.2.0.tgz');
  renameSync(file, `${file}.away`);
  await expect(publish()).rejects.toThrow('sync3-test-client-1.2.0.tgz');
  renameSync(`${file}.away`, file);
  expect(registry.published).toEqual([core]);
  expect(await nextStep()).toBe('publish');
  const printed = await publish();
  expect(printed).toContain('@sync3-test/core 1.2.0 is published already.');
  expect(registry.published).toEqual([core, client]);
});

test('a registry that does not know yet what it has is no failure', async () => {
  await publish();
  // It forgets only when it is asked, as a cache before a registry does.
  const forgetful = createServer((request, response) => {
    const target = new URL(request.url ?? '/', registry.environment['npm_config_registry']);
    if (request.method === 'GET' && target.pathname.endsWith('/1.2.0')) {
      response.writeHead(404).end('{}');
    } else {
      response.writeHead(307, { location: target.href }).end();
    }
  });
  await new Promise<void>((resolve) => forgetful.listen(0, '127.0.0.1', resolve));
  const { port } = forgetful.address() as AddressInfo;
  try {
    await publish({ npm_config_registry: `http://127.0.0.1:${port}/` });
  } finally {
    forgetful.closeAllConnections();
    forgetful.close();
  }
  expect(registry.published).toEqual([core, client]);
});

test('without the identity of a workflow, nothing is published', async () => {
  await expect(publish({ ACTIONS_ID_TOKEN_REQUEST_URL: '' })).rejects.toThrow(/ENEEDAUTH/);
  expect(registry.published).toEqual([]);
});

test('with the setting of the workflow, npm publishes nothing that it cannot sign', async () => {
  const { host } = new URL(registry.environment['npm_config_registry'] ?? '');
  const unsigned = publish({
    NPM_CONFIG_PROVENANCE: 'true',
    GITHUB_ACTIONS: '',
    [`npm_config_//${host}/:_authToken`]: 'a token of somebody',
  });
  await expect(unsigned).rejects.toThrow(/provenance/i);
  expect(registry.published).toEqual([]);
});

test('an npm that needs a token is refused', async () => {
  const old = join(scene.folder, 'old');
  await writeFiles(old, { npm: '#!/bin/sh\necho 11.5.0\n' });
  const { PATH } = scene.environment;
  chmodSync(join(old, 'npm'), 0o755);
  await expect(publish({ PATH: `${old}:${PATH}` })).rejects.toThrow('npm 11.5.0 cannot publish');
});

test('a changeset that waits comes before anything else', async () => {
  await writeFiles(clone, { '.changeset/new.md': '---\n---\n' });
  const step = await nextStep();
  rmSync(join(clone, '.changeset/new.md'));
  expect(step).toBe('version');
});

test('a registry that is out of order is an error, not an unpublished version', async () => {
  const broken = createServer((_, response) => response.writeHead(503).end());
  await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
  const { port } = broken.address() as AddressInfo;
  const step = nextStep({ npm_config_registry: `http://127.0.0.1:${port}/` });
  await expect(step).rejects.toThrow('answered 503. Try again later.');
  broken.close();
});

test('each version gets one release, on its commit, with its part of the changelog', async () => {
  const environment = { GITHUB_SHA: 'abc123' };
  await scene.script('create-releases.ts', clone, environment);
  await scene.script('create-releases.ts', clone, environment);
  const { releases } = scene.gitHub();
  expect(releases.map(({ tagName, target }) => [tagName, target])).toEqual([
    [core, 'abc123'],
    [client, 'abc123'],
  ]);
  expect(releases[1]?.notes).toBe('### Minor Changes\n\n- Thanks to @\u200bada');
});

test('a package on npm says where it comes from', () => {
  const list = JSON.parse(readFileSync(join(tarballs, 'tarballs.json'), 'utf8'));
  expect(list.map(({ name }: { name: string }) => name)).toEqual([
    '@sync3-test/core',
    '@sync3-test/client',
  ]);
  expect(list[0].integrity).toMatch(/^sha512-/);
});
