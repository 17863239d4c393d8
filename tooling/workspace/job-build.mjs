// What `npm start` builds where only what its job needs is installed: JavaScript for Node, without
// declarations and checks, in a second. The build of `npm test` replaces it.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = ['generated', 'sdk', 'mock-server'].map((name) => join(root, 'packages', name));
const example = join(root, 'examples/first-job');
const folders = [...packages, example].map((folder) => join(folder, 'dist'));

/** The built program. */
export const program = join(example, 'dist/main.js');

/** Removes it, since another build, or its cache, would only write over it. */
export function removeJobBuild() {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** @throws {Error} with the messages of the compiler. */
export async function buildJob() {
  const { build } = await import('esbuild');
  const options = { format: 'esm', platform: 'node', target: 'node20', logLevel: 'silent' };
  removeJobBuild();
  for (const folder of packages) {
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    await build({ ...options, entryPoints: sourcesIn(folder), outdir: join(folder, 'dist') });
    const files = scripts['build:files'];
    if (!files) continue;
    const { status } = spawnSync(files, { cwd: folder, shell: true, stdio: 'inherit' });
    if (status !== 0) throw new Error(`${files} ended with ${status}.`);
  }
  await build({
    ...options,
    entryPoints: [join(example, 'src/main.ts')],
    outfile: program,
    bundle: true,
    packages: 'external',
  });
}

function sourcesIn(folder) {
  const source = join(folder, 'src');
  return readdirSync(source, { recursive: true })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(source, name));
}
