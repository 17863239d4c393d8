import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runProcess } from './run-process.ts';

const require = createRequire(import.meta.url);

/** One way of compiling the consumers. */
export interface Compilation {
  /** Name of the compiler's package. */
  compiler: 'typescript' | 'typescript6';
  resolution: 'nodenext' | 'bundler';
  /** `browser`: DOM and no Node types. `server`: Node types and no DOM. */
  environment: 'browser' | 'server';
}

/** The compiler's messages, by the file they are about; `''` for those about none. */
export type Messages = Map<string, string[]>;

const strictest = {
  noEmit: true,
  target: 'es2022',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
};

const environments = {
  browser: { lib: ['es2022', 'dom'], types: [] },
  server: { lib: ['es2022'], types: ['node'] },
};

/** It found nothing, or errors: which is what is asked here. */
const exitCodes = [0, 1, 2];

/** Compiles files of a folder. */
export async function compile(
  folder: string,
  files: string[],
  { compiler, resolution, environment }: Compilation,
): Promise<Messages> {
  const project = join(folder, `tsconfig.${compiler}.${resolution}.${environment}.json`);
  const compilerOptions = {
    ...strictest,
    ...environments[environment],
    module: resolution === 'nodenext' ? 'nodenext' : 'esnext',
    moduleResolution: resolution,
  };
  await writeFile(project, JSON.stringify({ compilerOptions, files }));
  const tsc = join(dirname(require.resolve(`${compiler}/package.json`)), 'bin/tsc');
  const parameters = [tsc, '-p', project, '--pretty', 'false'];
  const output = await runProcess(process.execPath, parameters, folder, exitCodes);
  const messages: Messages = new Map();
  let last: string[] = [];
  for (const line of output.split(/\r?\n/)) {
    const [, file = '', text = line] = /^(.+?)\(\d+,\d+\): (error TS\d+: .*)$/.exec(line) ?? [];
    // What is indented goes on with the message before it.
    if (/^\s/.test(line)) last.push(`${last.pop() ?? ''}\n${line}`);
    else if (text) {
      last = messages.get(file) ?? [];
      last.push(text);
      messages.set(file, last);
    }
  }
  return messages;
}
