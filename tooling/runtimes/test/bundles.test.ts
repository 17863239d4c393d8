import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { bundleText } from '../src/bundle.ts';

const project = inject('project');

/** What belongs to one entry alone, by its path in the package. */
const own: Record<string, string[]> = {
  '@sync3/sdk': ['client.js', 'lipsync/lipsync.js', 'tasks/poll-coordinator.js'],
  '@sync3/sdk/webhooks': ['webhooks/'],
  '@sync3/sdk/proxy': ['proxy/'],
  '@sync3/sdk/node': ['node/'],
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
      const foreign = files.filter((file) => own[other]?.some((path) => file.startsWith(path)));
      expect(foreign).toEqual([]);
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

test.each(Object.keys(own))('the files that are said to belong to %s exist', (entry) => {
  const files = readdirSync(join(project, 'node_modules/@sync3/sdk/dist'), { recursive: true });
  for (const path of own[entry] ?? []) {
    expect(files.some((file) => String(file).startsWith(path))).toBe(true);
  }
});
