import type { FileChange } from '../../src/replacement/file-change.ts';

/** A file that does not fit in a pipe: who is killed while sending it has not sent it all. */
const long = 'generated line\n'.repeat(100_000);

/** The files of the work tree before the update. */
export const files: Record<string, string> = {
  '.gitignore': 'node_modules/\n',
  'openapi/upstream.json': '{ "version": 1 }\n',
  'openapi/composed.json': `{ "version": 1 }\n${long}`,
  'src/types.ts': 'export type A = 1;\n',
  'src/retired.ts': 'export {};\n',
  'src/untouched.ts': 'export {};\n',
};

/** Of every kind: replaced, long, deleted, new, new in new folders, and not changed at all. */
export const update: FileChange[] = [
  change('openapi/upstream.json', '{ "version": 2 }\n'),
  change('openapi/composed.json', `{ "version": 2 }\n${long}`),
  change('src/types.ts', 'export type A = 2; // \u00e4 \u{1f600}\n'),
  change('src/retired.ts', null),
  change('src/added.ts', 'export {};\n'),
  change('.changeset/deep/news.md', 'News\n'),
  change('src/untouched.ts', 'export {};\n'),
];

function change(path: string, content: string | null): FileChange {
  return { path, content, expected: files[path] ?? null };
}
