import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { locations } from '../../src/locations.ts';
import { brokenContracts, printBrokenContracts } from '../../src/people/broken-contracts.ts';

/** The composed document, without a parameter that the example application sends. */
async function withoutSyncMode(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sync3-contracts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const document = JSON.parse(await readFile(locations.composed, 'utf8'));
  delete document.components.schemas.Settings.properties.syncMode;
  const path = join(folder, 'composed.json');
  await writeFile(path, JSON.stringify(document));
  return path;
}

test('the example application relies on nothing that the document does not give', async () => {
  expect(await brokenContracts(locations)).toEqual([]);
});

test('what the example application would miss is told with its contract and its place', async () => {
  const composed = await withoutSyncMode();
  const broken = await brokenContracts({ ...locations, composed });
  expect(broken).toContainEqual(
    expect.objectContaining({ side: 'request', taskType: 'videoInference', today: 'accepted' }),
  );
  expect(printBrokenContracts(broken)[0]).toMatch(
    /^examples\/contract-testing\/sync3\.contract\.json: request videoInference \/settings.*syncMode/,
  );
});

test('nothing is said where there is no example application', async () => {
  expect(await brokenContracts({ root: tmpdir(), composed: locations.composed })).toEqual([]);
});
