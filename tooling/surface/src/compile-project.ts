import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';

const compiler = join(
  dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin/tsc',
);

/** One message of the compiler. */
export interface CompileError {
  /** Absolute. */
  file: string;
  line: number;
  /** `error TS2305: ...`, with the lines that explain it. */
  message: string;
}

/**
 * Type-checks a project.
 *
 * @param project path of its `tsconfig.json`.
 * @throws when the compiler cannot begin.
 */
export function compileProject(project: string): CompileError[] {
  const folder = dirname(project);
  const parameters = [compiler, '-p', basename(project), '--noEmit', '--pretty', 'false'];
  const { stdout, stderr, error } = spawnSync(process.execPath, parameters, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  const errors: CompileError[] = [];
  for (const line of stdout.split(/\r?\n/).filter(Boolean)) {
    const start = /^(.+?)\((\d+),\d+\): (error TS\d+: .*)$/.exec(line);
    const last = errors.at(-1);
    if (start) {
      const [, file = '', number, message = ''] = start;
      errors.push({ file: resolve(folder, file), line: Number(number), message });
    } else if (last && /^\s/.test(line)) {
      last.message += `\n${line}`;
    } else {
      throw new Error(`${project} cannot be compiled: ${stdout}${stderr}`);
    }
  }
  return errors;
}
