import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Manifest, PublishedPackage } from './published-packages.ts';

/** Fields of a `package.json` that nobody who uses the package depends on. */
const unseen = [
  'version',
  'private',
  'description',
  'keywords',
  'author',
  'license',
  'homepage',
  'repository',
  'bugs',
  'scripts',
  'devDependencies',
  'publishConfig',
];

const dependencyFields = ['dependencies', 'peerDependencies', 'optionalDependencies'];

/** What a package publishes beside its types: the fields users depend on, and its commands. */
export function printPackageReport({ folder, manifest }: PublishedPackage): string {
  const published = Object.fromEntries(
    Object.entries(manifest)
      .filter(([field]) => !unseen.includes(field))
      .map(([field, value]) => [
        field,
        dependencyFields.includes(field) ? withRanges(folder, value as Ranges) : value,
      ]),
  );
  const report = `# \`${manifest.name}\`: the package

Written by \`pnpm surface\`. \`workspace:*\` is published as the version that is released with this one.

\`\`\`json
${JSON.stringify(published, null, 2)}
\`\`\`
`;
  return report + printCommands(folder, manifest.bin ?? {});
}

type Ranges = Record<string, string>;

/** Ranges as they are published: `catalog:` stands for what `pnpm-workspace.yaml` says. */
function withRanges(folder: string, ranges: Ranges): Ranges {
  if (!Object.values(ranges).includes('catalog:')) return ranges;
  const command = ['config', 'get', 'catalog', '--json'];
  const catalog = JSON.parse(execFileSync('pnpm', command, { cwd: folder, encoding: 'utf8' }));
  return Object.fromEntries(
    Object.entries(ranges).map(([name, range]) => [
      name,
      range === 'catalog:' ? catalog[name] : range,
    ]),
  );
}

/** The help of each command: its options are what scripts depend on. */
function printCommands(folder: string, commands: NonNullable<Manifest['bin']>): string {
  return Object.entries(commands)
    .map(([name, file]) => {
      const help = execFileSync(process.execPath, [join(folder, file), '--help'], {
        encoding: 'utf8',
      });
      return `\n## \`${name} --help\`\n\n\`\`\`\n${help.trimEnd()}\n\`\`\`\n`;
    })
    .join('');
}
