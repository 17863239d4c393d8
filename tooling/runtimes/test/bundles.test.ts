import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { bundleText } from '../src/bundle.ts';

const project = inject('project');

/** The file that holds what belongs to one entry alone; what several share is in `shared.js`. */
const own: Record<string, string> = {
  '@sync3/sdk': 'index.js',
  '@sync3/sdk/webhooks': 'webhooks/index.js',
  '@sync3/sdk/proxy': 'proxy/index.js',
  '@sync3/sdk/node': 'node/index.js',
};
const forBrowsers = Object.keys(own).filter((entry) => entry !== '@sync3/sdk/node');

/** The files whose code is in the bundle of everything that an entry exports. */
async function filesIn(entry: string): Promise<string[]> {
  const { metafile } = await bundleText(`export * from '${entry}'`, project);
  const [output] = Object.values(metafile.outputs);
  return Object.entries(output?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path.replace('node_modules/@sync3/sdk/dist/', ''));
}

describe.each(forBrowsers)('%s', (entry) => {
  test('bundles for a browser, without any Node built-in', async () => {
    const { text, metafile } = await bundleText(`export * from '${entry}'`, project);
    expect(text).not.toBe('');
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
    expect(imports).toEqual([]);
  });

  test.each(Object.keys(own).filter((other) => other !== entry))(
    'holds no code of %s',
    async (other) => {
      const files = await filesIn(entry);
      expect(files).not.toContain(own[other]);
    },
  );

  test('leaves nothing behind when nothing of it is used', async () => {
    const { text } = await bundleText(`import '${entry}'`, project);
    expect(text.trim()).toBe('');
  });
});

test('an entry that needs Node does not bundle for a browser', async () => {
  await expect(bundleText(`export * from '@sync3/sdk/node'`, project)).rejects.toThrow(/"node:/);
});

test.each(Object.entries(own))('what belongs to %s alone is in %s', async (entry, file) => {
  const files = readdirSync(join(project, 'node_modules/@sync3/sdk/dist'), { recursive: true });
  expect(files).toContain(file);
  if (entry !== '@sync3/sdk/node') expect(await filesIn(entry)).toContain(file);
});
