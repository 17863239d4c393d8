import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compareReports } from '../src/compare-reports.ts';
import { describeSurface, readReports } from '../src/surface-reports.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

test('the committed reports say what the packages publish', () => {
  const difference = compareReports(readReports(root), describeSurface(root));
  // Not as an assertion, which would cut the text.
  if (difference) throw new Error(difference);
  // Four entries of the sdk, three of the generated client, two of the mock server.
  expect(readReports(root).size).toBeGreaterThanOrEqual(4 + 3 + 2 + 3);
});
