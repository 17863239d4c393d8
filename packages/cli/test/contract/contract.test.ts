import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { eventsOf, sync3, temporaryFolder } from '../command.ts';

const documentPath = fileURLToPath(
  new URL('../../../../openapi/sync-3.openapi.json', import.meta.url),
);

/** The tests of an application: a script that asks for the price of a job. */
function application(folder: string, lines = ''): string {
  const path = join(folder, 'tests.mjs');
  const task = {
    taskType: 'videoInference',
    taskUUID: '5f0cf7d4-17bb-4fcf-9bf9-8e1b8d9b0c11',
    model: 'sync:lipsync@3',
    inputs: { video: 'https://example.com/talk.mp4', audio: 'https://example.com/line.wav' },
    settings: { syncMode: 'remap' },
  };
  const text = `
    const headers = { authorization: 'Bearer ' + process.env.RUNWARE_API_KEY, 'x-runware-dry-run': '1' };
    const body = ${JSON.stringify(JSON.stringify([task]))};
    await fetch(process.env.RUNWARE_BASE_URL, { method: 'POST', headers, body });
    ${lines}`;
  writeFileSync(path, text);
  return path;
}

describe('sync3 contract', () => {
  test('records what tests rely on, and says what a newer document would break', async () => {
    const folder = temporaryFolder();
    const recorded = await sync3(
      ['contract', 'record', '--', process.execPath, application(folder)],
      { folder },
    );
    expect(recorded).toMatchObject({ code: 0, stdout: `${join(folder, 'sync3.contract.json')}\n` });
    expect(await sync3(['contract', 'check'], { folder })).toMatchObject({ code: 0, stdout: '' });

    const document = JSON.parse(readFileSync(documentPath, 'utf8'));
    delete document.components.schemas.Settings.properties.syncMode;
    writeFileSync(join(folder, 'newer.json'), JSON.stringify(document));
    const args = ['contract', 'check', '--document', 'newer.json'];
    const { code, stdout } = await sync3(args, { folder });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^request videoInference \/settings.*: accepted today, then refused: .*syncMode/,
    );
    const events = eventsOf(await sync3([...args, '--json'], { folder }));
    expect(events.at(-1)).toMatchObject({ event: 'contract-checked', requests: 1 });
    expect(events[0]).toMatchObject({
      event: 'break',
      side: 'request',
      taskType: 'videoInference',
    });
  });

  test('writes nothing when the tests fail', async () => {
    const folder = temporaryFolder();
    const path = application(folder, 'process.exitCode = 3;');
    const args = ['contract', 'record', '--', process.execPath, path];
    const { code, stderr } = await sync3(args, { folder });
    expect(code).toBe(1);
    expect(stderr).toContain('The command ended with 3; no contract was written.');
  });

  test.each([
    ['no command', ['record'], 'There is no command to run.'],
    ['a command that there is not', ['record', '--', 'no-such-program'], 'did not start'],
    ['tests that send nothing', ['record', '--', process.execPath, '-e', ''], 'has sent nothing'],
    ['no contract', ['check'], 'sync3 contract record -- npm test'],
    ['no contract but another file', ['check', documentPath], 'is no contract'],
  ])('with %s says what to do', async (_, args, message) => {
    const { code, stderr } = await sync3(['contract', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
