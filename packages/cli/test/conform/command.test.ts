import { test } from '@sync3/mock-server/vitest';
import { describe, expect } from 'vitest';
import { eventsOf, start, startOnTerminal, sync3, temporaryFolder } from '../command.ts';

describe('sync3 conform', () => {
  test('prints its plan, and sends nothing', async ({ mock }) => {
    const before = mock.stats.requests;
    const { code, stderr } = await sync3(['conform'], { url: mock.url });
    expect(code).toBe(0);
    expect(stderr).toContain('single-job: runs a job of one second');
    expect(mock.stats.requests).toBe(before);
  });

  test('asks for a limit before it asks the API', async ({ mock }) => {
    const { code, stderr } = await sync3(['conform', '--live'], { url: mock.url });
    expect(code).toBe(2);
    expect(stderr).toContain('--max-cost 2');
  });

  test('makes what is free, and leaves out what nobody has agreed to pay for', async ({ mock }) => {
    const before = mock.stats.charged;
    const only = ['dry-run', 'unknown-task', 'single-job'].flatMap((name) => ['--only', name]);
    const args = ['conform', '--live', '--max-cost', '50', '--json', ...only];
    const outcome = await sync3(args, { url: mock.url });
    expect(outcome.code).toBe(5);
    expect(mock.stats.charged).toBe(before);
    const events = eventsOf(outcome);
    const { name, leftOut } = events.filter(({ event }) => event === 'experiment')[2] ?? {};
    expect([name, leftOut]).toEqual(['single-job', 'nobody has agreed to its price']);
    expect(events).toContainEqual(
      expect.objectContaining({ name: 'dryRun', api: 'priced', verdict: 'same' }),
    );
  });

  test('asks on a terminal before it pays, and goes on with what was answered', async ({
    mock,
  }) => {
    const folder = temporaryFolder();
    const only = ['--only', 'dry-run', '--only', 'failing-jobs'];
    const args = ['conform', '--live', '--max-cost', '50', ...only];
    const refused = startOnTerminal(args, { url: mock.url, folder, columns: 200 });
    await refused.until(/failing-jobs: .* Make it\? \[y\/N\]/);
    refused.press('n\r');
    expect((await refused.outcome).code).toBe(5);
    const agreed = startOnTerminal(args, { url: mock.url, folder, columns: 200 });
    await agreed.until(/Make it\?/);
    agreed.press('y\r');
    const { code, output } = await agreed.outcome;
    expect(code).toBe(0);
    expect(output).not.toContain('dry-run: prices');
    expect(output).toContain('same: How does getResponse tell of a job that failed? http400');
  });

  test('keeps a second run out of its folder', async ({ mock }) => {
    const folder = temporaryFolder();
    const args = ['conform', '--live', '--max-cost', '50', '--yes'];
    const first = start(args, { url: mock.url, folder });
    await first.until(/dry-run: prices/);
    const second = await sync3(args, { url: mock.url, folder });
    expect(second.code).toBe(2);
    expect(second.stderr).toContain('Another sync3 conform works in');
    first.child.kill('SIGINT');
    expect(await first.outcome).toMatchObject({ code: 130 });
  });

  test('does not go on with a folder that is about another API', async ({ mock }) => {
    const folder = temporaryFolder();
    const args = ['conform', '--live', '--max-cost', '0', '--only', 'unknown-task'];
    await sync3(args, { url: mock.url, folder });
    const { code, stderr } = await sync3(args, { url: `${mock.url}/`, folder });
    expect(code).toBe(0);
    const other = await sync3(args, { url: mock.url.replace('127.0.0.1', 'localhost'), folder });
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('--folder');
    expect(stderr).not.toContain('--folder');
  });
});
