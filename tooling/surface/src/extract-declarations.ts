import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
} from '@microsoft/api-extractor';

/** Node's types, which a package that is analysed need not have. */
const typeRoots = [fileURLToPath(new URL('../node_modules/@types', import.meta.url))];

/** One type, value or import, as API Extractor prints it: without comments, members sorted. */
export type Declaration = string;

/** A file with declarations that users import, and the package that it belongs to. */
export interface EntryFile {
  /** Holds the `package.json`. */
  packageFolder: string;
  /** Absolute path of the `.d.ts` file. */
  declarations: string;
}

/**
 * Everything that users of each entry can reach: what it exports, and what that refers to.
 *
 * @returns by the path of the entry's file.
 * @throws when one is no file with declarations.
 */
export function extractDeclarations(entries: readonly EntryFile[]): Map<string, Declaration[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sync3-surface-'));
  try {
    const configs = entries.map((entry): [string, ExtractorConfig] => [
      entry.declarations,
      prepareConfig(entry, folder),
    ]);
    const [first] = configs;
    if (!first) return new Map();
    // To read the libraries takes the compiler far longer than any entry, so all share one program.
    const compilerState = CompilerState.create(first[1], {
      additionalEntryPoints: entries.map(({ declarations }) => declarations),
    });
    return new Map(
      configs.map(([declarations, config]) => {
        Extractor.invoke(config, {
          compilerState,
          // Without it, a report that was not there before is a failure.
          localBuild: true,
          messageCallback: (message) => {
            message.handled = true;
          },
        });
        const report = readFileSync(config.reportFilePath, 'utf8');
        return [declarations, splitReport(report)];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function prepareConfig({ packageFolder, declarations }: EntryFile, folder: string) {
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(packageFolder, 'package.json'),
    configObject: {
      projectFolder: packageFolder,
      mainEntryPointFilePath: declarations,
      newlineKind: 'lf',
      compiler: { overrideTsconfig: { compilerOptions, files: [declarations] } },
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFileName: 'entry.api.md',
        reportFolder: folder,
        reportTempFolder: join(folder, 'temporary'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: silence,
        extractorMessageReporting: silence,
        tsdocMessageReporting: silence,
      },
    },
  });
}

const compilerOptions = {
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  module: 'nodenext',
  types: ['node'],
  typeRoots,
  strict: true,
  exactOptionalPropertyTypes: true,
  // That declarations hold is checked where the packages are packed; here it would take minutes.
  skipLibCheck: true,
};

/** The report is all that is wanted: release tags and the grammar of comments are not ours. */
const silence = { default: { logLevel: ExtractorLogLevel.None } };

/** Declarations stand in one code block, an empty line between any two. */
function splitReport(report: string): Declaration[] {
  const [, code = ''] = /^```ts\n([\s\S]*?)^```/m.exec(report) ?? [];
  return code
    .split('\n\n')
    .map((block) => block.trim())
    .filter((block) => block && !block.startsWith('// (No @packageDocumentation'));
}
