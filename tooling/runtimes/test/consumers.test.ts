import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { type Compilation, compile, type Messages } from '../src/compile.ts';

const project = inject('project');
const folder = join(project, 'consumers');
const wrong = readdirSync(join(folder, 'wrong')).map((name) => `wrong/${name}`);
const right = {
  browser: ['client.ts', 'handlers.ts'],
  server: ['client.ts', 'handlers.ts', 'files.ts'],
};

// The older compiler takes several times as long, so it gets each choice once.
const compilations: Compilation[] = [
  { compiler: 'typescript', resolution: 'nodenext', environment: 'browser' },
  { compiler: 'typescript', resolution: 'nodenext', environment: 'server' },
  { compiler: 'typescript', resolution: 'bundler', environment: 'browser' },
  { compiler: 'typescript', resolution: 'bundler', environment: 'server' },
  { compiler: 'typescript6', resolution: 'nodenext', environment: 'server' },
  { compiler: 'typescript6', resolution: 'bundler', environment: 'browser' },
];

describe.each(compilations)('$compiler, $resolution, $environment:', (compilation) => {
  const files = right[compilation.environment];
  let messages: Messages;
  beforeAll(async () => {
    messages = await compile(folder, [...files, ...wrong], compilation);
  });

  test.each(files)('%s compiles', (file) => {
    expect(messages.get(file) ?? []).toEqual([]);
  });

  test('the declarations of the packages have no error', () => {
    const own = [...files, ...wrong];
    const others = [...messages].filter(([file]) => !own.includes(file));
    expect(others.map(([file, texts]) => [file, ...texts].join('\n')).join('\n')).toBe('');
  });

  test.each(wrong)('%s does not compile, and the message says why', (file) => {
    const [head = ''] = readFileSync(join(folder, file), 'utf8').split('\n');
    const found = messages.get(file) ?? [];
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(head.replace('// expect: ', ''));
  });
});

describe.each([
  ['.', 'client.ts'],
  ['./webhooks', 'handlers.ts'],
  ['./proxy', 'handlers.ts'],
  ['./node', 'files.ts'],
])('entry %s:', (entry, file) => {
  const require = createRequire(join(project, 'package.json'));
  const manifestPath = join(project, 'node_modules/@sync3/sdk/package.json');
  const manifest = require(manifestPath);
  const declarations = readFileSync(
    join(dirname(manifestPath), manifest.exports[entry].types),
    'utf8',
  );
  const declared = declarations.matchAll(
    /^export (?:declare )?(?:class|function|const|interface|type) (\w+)/gm,
  );
  const listed = [...declarations.matchAll(/^export (?:type )?\{([^}]*)\}/gm)]
    .flatMap(([, list = '']) => list.split(','))
    .map((name) => /(\w+)\s*$/.exec(name)?.[1]);
  const names = [...[...declared].map(([, name]) => name), ...listed];

  test.each(names.filter((name) => name !== undefined))(`${file} uses %s`, (name) => {
    const [, ...uses] = readFileSync(join(folder, file), 'utf8').split(new RegExp(`\\b${name}\\b`));
    expect(uses.length).toBeGreaterThan(1);
  });
});
