import { describe, expect, test, vi } from 'vitest';
import { Sync3Error } from '../../src/index.js';
import { createProxyHandler, type ProxyOptions } from '../../src/proxy/index.js';
import { job, removal, runwareKey, serveProxy, upload } from './serve-proxy.js';

/** Sends one task to a proxy with these options. */
async function send(task: object, options: Partial<ProxyOptions> = {}) {
  const authorize = vi.fn(() => true);
  const { ask, requests, errors } = await serveProxy({ authorize, ...options });
  const answer = await ask([task]);
  const sent = requests.map(({ tasks }) => tasks);
  return { status: answer.status, answer: await answer.json(), authorize, sent, errors };
}

/** Expects that a task is refused before the application is asked. */
async function expectForbidden(task: object, parameter: string, options?: Partial<ProxyOptions>) {
  const { status, answer, authorize, sent, errors } = await send(task, options);
  expect(status).toBe(403);
  expect(answer).toEqual({
    errors: [
      {
        code: 'forbidden',
        message: expect.any(String),
        parameter,
        ...about(task),
      },
    ],
  });
  expect(authorize).not.toHaveBeenCalled();
  expect(sent).toEqual([]);
  expect(errors).toEqual([]);
  return answer.errors[0].message as string;
}

const about = (task: object) => {
  const { taskType, taskUUID } = { ...job, ...task };
  return { taskType, taskUUID };
};

async function expectSent(task: object, options?: Partial<ProxyOptions>) {
  const { status, sent } = await send(task, options);
  expect(status).toBe(200);
  expect(sent).toEqual([[task]]);
}

describe.each([
  ['webhookURL', 'allowWebhookURL'],
  ['uploadEndpoint', 'allowUploadEndpoint'],
] as const)('a job with %s', (name, option) => {
  const task = { ...job, [name]: 'http://169.254.169.254/latest' };

  test('is refused, and told which option is the reason', async () => {
    expect(await expectForbidden(task, name)).toContain(option);
    expect(await expectForbidden(task, name, { [option]: false })).toContain(option);
  });

  test(`is sent with ${option}, and the application sees it`, async () => {
    await expectSent(task, { [option]: true });
  });

  test(`is refused when ${option} is no boolean, as a setting from the environment may be`, async () => {
    await expectForbidden(task, name, { [option]: 'false' as unknown as boolean });
  });

  test('is refused with the option for the other alone', async () => {
    const other = option === 'allowWebhookURL' ? 'allowUploadEndpoint' : 'allowWebhookURL';
    await expectForbidden(task, name, { [other]: true });
  });

  test('is refused in a dry run as well', async () => {
    const { ask, requests } = await serveProxy();
    const answer = await ask([task], { headers: { 'X-Runware-Dry-Run': '1' } });
    expect(answer.status).toBe(403);
    expect(requests).toEqual([]);
  });

  test('is refused when the URL breaks a rule, as such', async () => {
    const { status, answer } = await send({ ...job, [name]: 'no URL' }, { [option]: true });
    expect(status).toBe(400);
    expect(answer).toMatchObject({ errors: [{ parameter: name }] });
  });
});

describe('allowedInputHosts', () => {
  const options = { allowedInputHosts: ['cdn.example', 'media.example:8443', '[::1]:9000'] };
  const { audio } = job.inputs;
  const own = 'https://cdn.example/line.wav';
  const withVideo = (video: string) => ({ ...job, inputs: { video, audio: own } });
  const stored = '0f8f2f0a-5d0c-4c9d-9a54-2f5f1c0b6e55';

  test.each([
    'https://cdn.example/talk.mp4',
    'https://CDN.example?talk=a@b',
    'http://cdn.example',
    'https://media.example:8443/a#b',
    'http://[::1]:9000/a',
    'data:video/mp4;base64,AAAA',
    stored,
  ])('lets %s pass as an input, and as a file to store', async (media) => {
    await expectSent(withVideo(media), options);
    await expectSent({ ...upload, media }, options);
  });

  const foreign = [
    'https://evil.example/talk.mp4',
    'https://cdn.example.evil.example/a',
    'https://evil.example/https://cdn.example/',
    'https://evil.example?https://cdn.example/',
    'https://evil.example#@cdn.example/',
    'https://cdn.example@evil.example/a',
    'https://cdn.example:x@evil.example/a',
    'https://user@cdn.example/a',
    'https://sub.cdn.example/a',
    'https://cdn.example./a',
    'https://cdn.example:8443/a',
    'https://media.example/a',
    'https://%63dn.example/a',
    'https:cdn.example/a',
    'https:/cdn.example/a',
    'https:///cdn.example/a',
    'http://169.254.169.254/latest',
    'ftp://cdn.example/a',
    'file:///etc/passwd',
    'urn:isbn:1',
  ];

  test.each(foreign)('refuses %s', async (media) => {
    await expectForbidden(withVideo(media), 'inputs.video', options);
    await expectForbidden({ ...upload, media }, 'media', options);
  });

  test.each([
    ' https://evil.example/a',
    '\thttps://evil.example/a',
    'https:\\\\evil.example/a',
    'https://cdn.example\\@evil.example/',
    'https://cdn.example\n.evil.example/',
    'https://cdn.exämple/',
    '//evil.example/a',
  ])('refuses to have %j stored, which is no URL and might be taken for one', async (media) => {
    await expectForbidden({ ...upload, media }, 'media', options);
  });

  test('lets base64 pass as a file to store', async () => {
    await expectSent({ ...upload, media: 'AAAAIGZ0eXBpc29t+/==' }, options);
  });

  test.each([
    ['inputs.audio', { ...job, inputs: { video: own, audio } }],
    [
      'settings.segments.1.audio',
      {
        ...job,
        inputs: { video: own },
        settings: {
          segments: [
            { startTime: 0, endTime: 1, audio: own },
            { startTime: 1, endTime: 2, audio },
          ],
        },
      },
    ],
  ])('holds for %s', async (parameter, task) => {
    const message = await expectForbidden(task, parameter, options);
    expect(message).not.toContain('example');
    expect(message).toContain('allowedInputHosts');
  });

  test('that is empty lets only stored files and data pass', async () => {
    await expectForbidden(job, 'inputs.video', { allowedInputHosts: [] });
    const inputs = { video: stored, audio: 'data:,a' };
    await expectSent({ ...job, inputs }, { allowedInputHosts: [] });
  });

  test('that is not given lets every host pass', async () => {
    await expectSent(withVideo('https://evil.example/talk.mp4'));
    await expectSent({ ...upload, media: 'https://evil.example/talk.mp4' });
  });

  test('does not hinder a removal', async () => {
    await expectSent(removal, options);
  });

  test.each([
    'https://cdn.example',
    'cdn.example/',
    'CDN.example',
    '*.example',
    '',
    'a b',
    'a@b',
    'a:443',
  ])('is refused with "%s", when the proxy is made', (host) => {
    const create = () =>
      createProxyHandler({
        apiKey: runwareKey,
        authorize: () => true,
        allowedInputHosts: ['cdn.example', host],
      });
    expect(create).toThrow(Sync3Error);
    expect(create).toThrow(expect.objectContaining({ code: 'invalidOption' }));
    expect(create).toThrow(`allowedInputHosts: "${host}"`);
  });
});
