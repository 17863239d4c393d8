import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldedName, outputFiles, outputName } from '../../src/manifest/output-name.ts';

const nameOf = (name: string, format?: string) => {
  const result = outputName(name, format);
  return 'name' in result ? result.name : undefined;
};

test('an extension that is missing is added, one that contradicts the format is refused', () => {
  expect(nameOf('a')).toBe('a.mp4');
  expect(nameOf('a.MP4')).toBe('a.MP4');
  expect(nameOf('a.b c/d.e', 'WEBM')).toBe('a.b c/d.e.webm');
  expect(nameOf('ü.mov', 'MOV')).toBe('ü.mov');
  expect(nameOf('a.mov')).toBeUndefined();
  expect(nameOf('a.mp4', 'WEBM')).toBeUndefined();
});

test.each([
  '',
  '/',
  '/a',
  'a/',
  'a//b',
  '.',
  '..',
  '../a',
  'a/../b',
  'a/..',
  './a',
  'a/./b',
  'C:',
  'C:a',
  'C:/a',
  '\\a',
  'a\\..\\b',
  '\\\\host\\share',
  'a\0',
  'a\n',
  'a\u007f',
  'a<',
  'a>',
  'a"',
  'a|',
  'a?',
  'a*',
  'con',
  'CON.mp4',
  'a/Nul',
  'aux.tar',
  'prn',
  'COM1',
  'com¹',
  'lpt9.x',
  'CONIN$',
  'conout$.mp4',
  'nul/a',
  'a ',
  ' a',
  'a.',
  'a /b',
  'a./b',
  '.mp4',
  'a/.mp4',
  'a.mp4/b',
  'a.1of2',
  'a.3OF20.mp4',
  '\ud800',
  'x'.repeat(260),
  `${'é'.repeat(130)}`,
  `${'x'.repeat(260)}/a`,
])('%j is no name for a result', (name) => {
  expect(nameOf(name)).toBeUndefined();
});

test.each([
  'a',
  'a b',
  '.hidden',
  'console',
  'com10',
  'a..b',
  'a/b/c',
  '1of2',
  "a'b",
  '100%',
  '日本',
  '-',
])('%j is a name for a result', (name) => {
  expect(nameOf(name)).toBe(`${name}.mp4`);
});

/** Names made of the pieces that make trouble. */
const pieces = fc.constantFrom(
  ...[
    '..',
    '.',
    '/',
    '\\',
    ':',
    'C',
    'a',
    'A',
    ' ',
    '.mp4',
    '.1of2',
    'nul',
    '\0',
    'é',
    'e\u0301',
    'ß',
    'ss',
  ],
);
const names = fc.oneof(
  fc.string(),
  fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join('')),
);
const accepted = names.map((name) => nameOf(name)).filter((name) => name !== undefined);

test('no name that is accepted leads out of the folder, on any system', () => {
  fc.assert(
    fc.property(accepted, (name) => {
      expect(posix.resolve('/out', name)).toBe(`/out/${name}`);
      expect(win32.resolve('C:\\out', name)).toBe(`C:\\out\\${name.replaceAll('/', '\\')}`);
      expect(name).toMatch(/\.mp4$/i);
      expect(nameOf(name)).toBe(name);
    }),
    { numRuns: 2000 },
  );
});

test('items with names that differ share no file, however many results they have', () => {
  const count = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(accepted, accepted, count, count, (one, other, ones, others) => {
      fc.pre(foldedName(one) !== foldedName(other));
      const files = [...outputFiles(one, ones), ...outputFiles(other, others)].map(foldedName);
      expect(new Set(files).size).toBe(ones + others);
    }),
    { numRuns: 2000 },
  );
});
