import { dirname } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';

/** Whose conditions in `exports` count. */
export type Target = 'browser' | 'workerd';

export interface Bundle {
  text: string;
  metafile: Metafile;
}

/** Bundles a module for a platform without Node; a Node built-in is an error. */
export function bundleFile(path: string, target: Target): Promise<Bundle> {
  return bundle({ entryPoints: [path], absWorkingDir: dirname(path) }, target);
}

/** Bundles a text as a module of a folder. */
export function bundleText(contents: string, folder: string): Promise<Bundle> {
  return bundle({ stdin: { contents, resolveDir: folder }, absWorkingDir: folder }, 'browser');
}

async function bundle(input: BuildOptions, target: Target): Promise<Bundle> {
  const { outputFiles = [], metafile = { inputs: {}, outputs: {} } } = await build({
    ...input,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
    // As the bundler of Cloudflare does.
    ...(target === 'workerd' && {
      conditions: ['workerd', 'worker', 'browser'],
      external: ['cloudflare:*'],
    }),
  });
  return { text: outputFiles[0]?.text ?? '', metafile };
}
