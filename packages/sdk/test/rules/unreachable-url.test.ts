import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Sync3, validateTask } from '../../src/index.js';
import { cooperative, startScriptedServer } from '../http/scripted-server.js';
import { quickPolling } from '../sample-job.js';
import { audio, fromVoice, video } from './example-tasks.js';
import { uri } from './uri-arbitrary.js';

/** The warning of a URL, wherever it stands; nothing else is wrong. */
function warningOf(url: string) {
  const issues = validateTask({ ...fromVoice, inputs: { video, audio: url }, webhookURL: url });
  for (const { rule, severity, origin, message } of issues) {
    expect({ rule, severity, origin }).toEqual({
      rule: 'unreachable-url',
      severity: 'warning',
      origin: 'docs',
    });
    expect(message).not.toContain(url);
  }
  return issues.map(({ path, message }) => [path, message] as const);
}

const places = ['/inputs/audio', '/webhookURL'];

describe('a URL that no API can fetch is warned of', () => {
  test.each([
    'blob:https://example.com/5f9b',
    'file:///home/me/talk.mp4',
    'C:/talk.mp4',
    'mailto:me@example.com',
    'ftp://example.com/a.mp4',
    's3://bucket/a.mp4',
    'ws://example.com',
    'about:blank',
    'urn:isbn:1',
  ])('%s, for its scheme', (url) => {
    const warnings = warningOf(url);
    expect(warnings.map(([path]) => path)).toEqual(places);
    for (const [, message] of warnings) expect(message).toContain('http');
    expect(warnings[0]?.[1]).toContain('file(path)');
    expect(warnings[1]?.[1]).not.toContain('file(path)');
  });

  test.each([
    'http://localhost/a.mp4',
    'https://app.localhost:3000',
    'http://printer.local/a',
    'http://app.lan',
    'http://10.0.0.1/',
    'http://127.0.0.1:8080/a',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest',
    'http://172.31.0.1/',
    'http://192.168.0.1/',
    'http://[::1]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/a',
    'http://[::ffff:10.0.0.1]/',
    'HTTP://LOCALHOST/',
    'http://user:word@localhost/',
    'http://minio:9000/bucket/a.mp4',
  ])('%s, for its host', (url) => {
    const warnings = warningOf(url);
    expect(warnings.map(([path]) => path)).toEqual(places);
    for (const [, message] of warnings) expect(message).toContain('private');
  });

  test.each([
    'http:///a.mp4',
    'http:/a.mp4',
    'http:a.mp4',
    'https://:80/',
    'https://user@/a',
    'http://?a',
    'http://example.com:0/',
    'http://example.com:65536/',
    'http://1.2.3.256/',
    'http://a%20b/',
  ])('%s, for a host or port that is none', (url) => {
    const warnings = warningOf(url);
    expect(warnings.map(([path]) => path)).toEqual(places);
    for (const [, message] of warnings) expect(message).toContain('host');
  });
});

describe('a URL that an API may fetch is not', () => {
  test.each([
    'https://example.com/a.mp4',
    'http://example.com:8080',
    'HTTPS://EXAMPLE.com/',
    'http://8.8.8.8/',
    'http://[2606:4700::1111]/a',
    'http://user:word@example.com/a?b#c',
    'http://localhost.example.com/',
    'http://example.com:65535/',
    'http://example.com:/',
    'https://example.com/?to=http://localhost/',
  ])('%s', (url) => {
    expect(warningOf(url)).toEqual([]);
  });

  test('a mediaUUID in any spelling, and a data URI of many megabytes', () => {
    const data = `data:audio/wav;base64,${'QUJD'.repeat(5_000_000)}`;
    for (const media of [fromVoice.taskUUID, `urn:uuid:${fromVoice.taskUUID}`, data, 'DATA:,x']) {
      expect(validateTask({ ...fromVoice, inputs: { video, audio: media } })).toEqual([]);
    }
  });
});

test('every legal URL is judged without an error', () => {
  fc.assert(
    fc.property(uri, (url) => {
      const issues = validateTask({
        ...fromVoice,
        uploadEndpoint: url,
        inputs: { video: url, audio },
      });
      expect(issues.every(({ severity }) => severity === 'warning')).toBe(true);
    }),
    { numRuns: 500 },
  );
});

describe('the warning reaches onWarning', () => {
  const overlapping = [
    { startTime: 0, endTime: 2, audio },
    { startTime: 1, endTime: 3, audio },
  ];
  const odd = {
    inputs: { video },
    settings: { segments: overlapping },
    webhookURL: 'http://localhost:3000/hook',
  };

  /** Submits to a server on this machine, under the name of the given base URL. */
  async function rulesWarnedOf(baseUrl: string) {
    const server = await startScriptedServer(cooperative);
    const rules: string[] = [];
    const sync3 = new Sync3({
      baseUrl,
      apiKey: 'key',
      polling: quickPolling,
      fetch: (_, init) => fetch(server.url, init),
      hooks: { onWarning: ({ issue }) => issue && rules.push(issue.rule) },
    });
    await sync3.lipsync.submit(odd);
    expect(server.requests).toHaveLength(1);
    return rules;
  }

  test('when the API is elsewhere; the request is sent all the same', async () => {
    expect(await rulesWarnedOf('https://api.example.com/v1')).toEqual([
      'unreachable-url',
      'segments-overlap',
    ]);
  });

  test.each(['http://127.0.0.1:4010/v1', 'http://localhost:4010/v1', 'http://mock:4010/v1'])(
    'but not when the API is on the same machine or network, such as an emulator at %s',
    async (baseUrl) => {
      expect(await rulesWarnedOf(baseUrl)).toEqual(['segments-overlap']);
    },
  );
});
