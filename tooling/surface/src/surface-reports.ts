import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type DeclarationsByEntry, findUndocumented, printEntryReports } from './entry-reports.ts';
import { extractDeclarations } from './extract-declarations.ts';
import { printPackageReport } from './package-report.ts';
import { findEntries, findPublishedPackages } from './published-packages.ts';

/** Reports by their paths below the root of the repository, with `/`. */
export type Reports = Map<string, string>;

/** Every line of it is generated, and the generator takes its comments from upstream. */
const packagesWithoutDocs = ['@sync3/generated'];

/**
 * What the packages of a repository publish, from their builds.
 *
 * @throws when a package is not built, cannot be analysed, or exports something without doc comment.
 */
export function describeSurface(root: string): Reports {
  const reports: Reports = new Map();
  const undocumented: string[] = [];
  const packages = findPublishedPackages(root).map((published) => ({
    ...published,
    entries: findEntries(published),
  }));
  const declarations = extractDeclarations(
    packages.flatMap(({ folder: packageFolder, entries }) =>
      entries.map(({ declarations }) => ({ packageFolder, declarations })),
    ),
  );
  for (const published of packages) {
    const folder = relative(root, join(published.folder, 'api')).replaceAll('\\', '/');
    reports.set(`${folder}/package.md`, printPackageReport(published));
    const { name } = published.manifest;
    const entries: DeclarationsByEntry = new Map(
      published.entries.map((entry) => [entry.name, declarations.get(entry.declarations) ?? []]),
    );
    if (!packagesWithoutDocs.includes(name)) {
      const found = [...entries.values()].flatMap(findUndocumented);
      undocumented.push(...found.map((line) => `  ${name}: ${line}`));
    }
    for (const [entry, report] of printEntryReports(name, entries)) {
      reports.set(`${folder}/${fileNameOf(entry)}`, report);
    }
  }
  if (undocumented.length > 0) {
    const names = [...new Set(undocumented)].join('\n');
    throw new Error(
      `These exports have no doc comment. Write one in the source and build again.\n${names}`,
    );
  }
  return reports;
}

/** The reports that are committed. */
export function readReports(root: string): Reports {
  const paths = readdirSync(join(root, 'packages'))
    .map((name) => `packages/${name}/api`)
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`));
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** Writes the reports, and removes those of packages and entries that are gone. */
export function writeReports(root: string, reports: Reports): void {
  for (const path of readReports(root).keys()) {
    if (!reports.has(path)) rmSync(join(root, path));
  }
  for (const [path, report] of reports) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), report);
  }
}

/** `./node` becomes `node.api.md`. */
function fileNameOf(entry: string): string {
  const name = entry === '.' ? 'index' : entry.slice('./'.length).replaceAll('/', '-');
  return `${name}.api.md`;
}
