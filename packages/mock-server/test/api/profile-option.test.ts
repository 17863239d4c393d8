import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Profile,
  type ProfileName,
  profileFrom,
  profileNames,
  questions,
  readProfile,
} from '@sync3/mock-server';
import { describe, expect, test } from 'vitest';
import { createTemporaryFolder } from '../media/temporary-folder.ts';

describe('a profile', () => {
  test.each(profileNames)('%s answers every question as an emulator can', (name) => {
    const profile = readProfile(name);
    expect(Object.keys(profile).sort()).toEqual(Object.keys(questions).sort());
    for (const [key, { answers }] of Object.entries(questions)) {
      expect(answers).toContain(profile[key as keyof Profile]);
    }
  });

  test('of one answer leaves the others as documented', () => {
    expect(readProfile({ unknownTask: 'taskNotFound' })).toEqual({
      ...readProfile('documented'),
      unknownTask: 'taskNotFound',
    });
  });

  test.each([
    ['an unknown name', 'documentd', 'profile must be one of documented, observed, worst-case'],
    ['an unknown question', { mixedstatus: 200 }, 'there is no question mixedstatus'],
    ['a name of every object', { constructor: 1 }, 'there is no question constructor'],
    ['an unknown answer', { mixedStatus: 207 }, 'mixedStatus must be one of 200, 400, not 207'],
  ])('of %s is refused, and says which there are', (_, profile, message) => {
    expect(() => readProfile(profile as ProfileName)).toThrow(message);
  });
});

describe('a profile on a command line', () => {
  test('is a name, or a file with answers', async () => {
    const path = join(await createTemporaryFolder(), 'observed.json');
    writeFileSync(path, JSON.stringify({ answers: { mixedStatus: 400 } }));
    expect(profileFrom('worst-case')).toBe('worst-case');
    expect(profileFrom(path)).toEqual({ mixedStatus: 400 });
  });

  test('that is a file without answers is refused', async () => {
    const path = join(await createTemporaryFolder(), 'observed.json');
    writeFileSync(path, '[]');
    expect(() => profileFrom(path)).toThrow(`the file ${path} has no object "answers"`);
    writeFileSync(path, '{');
    expect(() => profileFrom(path)).toThrow('it is not JSON');
  });

  test('that is neither names the choices', () => {
    expect(() => profileFrom('worst')).toThrow('documented, observed, worst-case');
  });
});
