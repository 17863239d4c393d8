import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileProject } from '../../surface/src/compile-project.ts';
import { dotted, withValue } from './places.ts';
import type { RepositoryCopy } from './repository-copy.ts';
import type { Case, Finding } from './try-case.ts';

const compilerOptions = {
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  types: [],
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
};

const introduction = [
  "import { Sync3, type LipsyncParams } from '@sync3/sdk';",
  'export const sync3 = new Sync3();',
  'export const job = (params: LipsyncParams) => params;',
];

/** A line of a program, and what the line is to show. */
interface Line {
  text: string;
  about: string;
  compiles: boolean;
}

/** A program that uses the change compiles, and one that misuses it does not. */
export function checkTypes(copy: RepositoryCopy, trial: Case): Finding[] {
  const use = (value: unknown) => `job(${JSON.stringify(value)});`;
  const lines: Line[] = [
    ...(trial.properties ?? []).flatMap(({ path, job, legal: [value], wrongType }) => [
      { text: use(withValue(job, path, value)), about: dotted(path), compiles: true },
      ...(wrongType === undefined
        ? []
        : [
            {
              text: use(withValue(job, path, wrongType)),
              about: `${dotted(path)} = ${JSON.stringify(wrongType)}`,
              compiles: false,
            },
          ]),
    ]),
    ...(trial.compiles ?? []).map((text) => ({ text, about: text, compiles: true })),
    ...(trial.miscompiles ?? []).map((text) => ({ text, about: text, compiles: false })),
  ];
  if (lines.length === 0) return [];
  const folder = join(copy.aside, 'program');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'node_modules/@sync3'), { recursive: true });
  for (const name of ['sdk', 'generated']) {
    symlinkSync(join(copy.root, 'packages', name), join(folder, 'node_modules/@sync3', name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  writeFileSync(
    join(folder, 'program.ts'),
    [...introduction, ...lines.map(({ text }) => text)].join('\n'),
  );
  const errors = compileProject(join(folder, 'tsconfig.json'));
  const messageAt = (index: number) =>
    errors.find(({ line }) => line === introduction.length + index + 1)?.message;
  const findings = lines.flatMap(({ about, compiles }, index): Finding[] => {
    const message = messageAt(index);
    if ((message === undefined) === compiles) return [];
    const [first = 'it compiles'] = message?.split('\n') ?? [];
    return [{ check: 'types', message: `${about}: ${first}` }];
  });
  const others = errors.filter(({ line }) => line <= introduction.length);
  return [...findings, ...others.map(({ message }) => ({ check: 'types', message }))];
}
