import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { planBatch } from '@sync3/batch';
import { expect, test } from 'vitest';
import { openFresh, temporaryFolder } from '../database/fresh-database.ts';
import { clip } from './clips.ts';

test('an output that could not be written is a wrong line', async () => {
  const { database } = await openFresh('postgres');
  const [output, elsewhere] = [join(temporaryFolder(), 'output'), temporaryFolder()];
  mkdirSync(join(output, 'kept'), { recursive: true });
  symlinkSync(elsewhere, join(output, 'away'));
  symlinkSync(join(output, 'kept'), join(output, 'near'));
  const long = Array.from({ length: 20 }, () => 'x'.repeat(230)).join('/');
  const outputs = ['away/a', 'away/deep/b', 'near/c', 'new/d', long, 'bell\u0007', 'turn\u202e4pm'];
  const items = outputs.map((name, index) => clip(index, { output: name }));
  const options = { outputDirectory: output };
  const error = await planBatch(items, database, options).catch((thrown) => thrown);
  expect(error.problems).toMatchObject([
    { line: 1, pointer: '/output', reason: expect.stringContaining('leads out of the output') },
    { line: 2, pointer: '/output', reason: expect.stringContaining('leads out of the output') },
    { line: 5, pointer: '/output', reason: expect.stringContaining('longer than this system') },
    { line: 6, pointer: '/output', reason: expect.stringContaining('has the character') },
    { line: 7, pointer: '/output', reason: expect.stringContaining('has the character') },
  ]);
});
