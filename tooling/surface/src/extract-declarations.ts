import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

/** Node's types, which a package that is analysed need not have. */
const typeRoots = [fileURLToPath(new URL('../node_modules/@types', import.meta.url))];

/** One type, value or import, as API Extractor prints it: without comments, members sorted. */
export type Declaration = string;

/**
 * Everything that users of an entry can reach: what it exports, and what that refers to.
 *
 * @param packageFolder holds the `package.json`.
 * @param declarations the entry's `.d.ts` file.
 * @throws when that is no file with declarations.
 */
export function extractDeclarations(packageFolder: string, declarations: string): Declaration[] {
  const folder = mkdtempSync(join(tmpdir(), 'sync3-surface-'));
  try {
    const config = ExtractorConfig.prepare({
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
    Extractor.invoke(config, {
      // Without it, a report that was not there before is a failure.
      localBuild: true,
      messageCallback: (message) => {
        message.handled = true;
      },
    });
    return splitReport(readFileSync(join(folder, 'entry.api.md'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
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
