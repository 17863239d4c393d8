import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import yargs from 'yargs';
import { buildParams } from '../../src/request/build-params.ts';
import { formOf, optionsOf, requestForm } from '../../src/request/request-options.ts';
import { media, temporaryFolder } from '../command.ts';
import { invented, parameter } from './invented.ts';

const form = formOf(invented);
const uuid = 'b3d1f2a4-5c6e-4f70-8a91-b2c3d4e5f607';

/** The request that options of the command make. */
async function requestOf(...args: string[]): Promise<object> {
  const given = await yargs(args)
    .options(optionsOf(form))
    .strict()
    .exitProcess(false)
    .fail(false)
    .parserConfiguration({ 'boolean-negation': false, 'dot-notation': false })
    .parseAsync();
  return buildParams({ ...given, set: given['set'] as string[] }, AbortSignal.abort(), form);
}

/** What the request is when only `settings` are set by texts such as `settings.loop=true`. */
async function requestWith(...set: string[]): Promise<object> {
  return buildParams({ set }, AbortSignal.abort(), form);
}

async function helpOf(): Promise<string> {
  return yargs([]).options(optionsOf(form)).wrap(200).getHelp();
}

test('each scalar, and each list of objects, has an option named after its property', () => {
  const names = form.options.map(({ name, parameter: { path } }) => [path.join('.'), name]);
  expect(Object.fromEntries(names)).toEqual({
    seed: 'seed',
    outputFormat: 'format',
    // `--timeout` is an option of the commands.
    timeout: 'request-timeout',
    'inputs.image': 'image',
    'settings.temperature': 'temperature',
    'settings.caption': 'caption',
    'settings.loop': 'loop',
    'settings.mood': 'mood',
    'settings.quality': 'quality',
    // `--seed` is the one that is nearer to the root.
    'settings.seed': 'settings-seed',
    'settings.region.editRegion': 'region-edit-region',
    'settings.scenes': 'scenes',
    'settings.extra': 'extra',
  });
});

test('the options of today keep their names, whatever joins them', () => {
  const taken = ['settings.format', 'settings.quality', 'safetyMode', 'settings.text', 'voice'];
  const joined = formOf([
    ...taken.map((path) => parameter(path, 'string')),
    ...requestForm.parameters,
  ]);
  const names = (options: typeof form.options) =>
    options.map(({ name, parameter: { path } }) => `${path.join('.')} --${name}`);
  expect(names(joined.options)).toEqual(expect.arrayContaining(names(requestForm.options)));
  expect(names(joined.options)).toContain('settings.quality --settings-quality');
  expect(names(joined.options)).toContain('voice --request-voice');
});

test('no two options have one name', () => {
  const twins = ['a.webhookURL', 'a.webhookUrl', 'webhookURL', 'webhook_url', 'help', 'o', 'set'];
  const { options } = formOf(twins.map((path) => parameter(path, 'string')));
  expect(new Set(options.map(({ name }) => name)).size).toBe(twins.length);
  expect(options.map(({ name }) => name)).not.toContain('help');
});

test('options reach the request, each as the type of its parameter', async () => {
  const request = await requestOf(
    ...['--seed', '7', '--format', 'gif', '--image', uuid, '--temperature', '0.25'],
    ...['--caption', '007', '--loop', '--mood', 'lively', '--region-edit-region', 'Lips'],
    ...['--request-timeout', '30', '--extra', '[1]', '--settings-seed', '-1'],
  );
  expect(request).toEqual({
    seed: 7,
    outputFormat: 'GIF',
    timeout: 30,
    inputs: { image: uuid },
    settings: {
      temperature: 0.25,
      caption: '007',
      loop: true,
      mood: 'lively',
      region: { editRegion: 'Lips' },
      extra: [1],
      seed: -1,
    },
  });
});

test('a list of objects comes from a file, with its media read from the folder of the file', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'scenes.json');
  writeFileSync(join(folder, 'a.png'), 'picture');
  writeFileSync(file, JSON.stringify([{ startTime: 0, picture: 'a.png' }, { startTime: 1 }]));
  expect(await requestOf('--scenes', file)).toEqual({
    settings: { scenes: [{ startTime: 0, picture: expect.any(Blob) }, { startTime: 1 }] },
  });
});

test('--help tells range, default, choices and what each of them means', async () => {
  const help = await helpOf();
  expect(help).toMatch(
    /--seed +a whole number from 0 to 4294967295. Makes results repeatable. Any number will do./,
  );
  expect(help).toMatch(
    /--temperature +a number from 0 to 1, in steps of 0.01; default: 0.5. How free the motion is./,
  );
  expect(help).toMatch(/--caption +a text of 1 to 2,000 characters. caption/);
  expect(help).toMatch(/--image +Image: a file, a URL or a UUID/);
  expect(help).toMatch(/--mood +default: calm. What the face shows.\n +- calm: Moves little.\n/);
  expect(help).toMatch(/- lively: Moves a lot. +\[string\] \[choices: "calm", "lively"\]/);
  expect(help).toMatch(/--quality +deprecated. Has no effect. +\[deprecated\] \[string\]/);
  expect(help).toMatch(/--scenes +Parts of the clip. A JSON file with objects: startTime, picture/);
});

test.each([
  ['--seed', 'two', '--seed takes a number.'],
  ['--mood', 'angry', 'Given: "angry", Choices: "calm", "lively"'],
])('%s %s is refused', async (option, value, message) => {
  await expect(requestOf(option, value)).rejects.toThrow(message);
});

test('--set reaches every parameter, typed by the document', async () => {
  const request = await requestWith(
    ...['seed=7', 'settings.caption=7', 'settings.loop=false', 'settings.temperature=1e-1'],
    ...['settings.region.points=[1,2]', 'settings.region.points.2=3', 'settings.seed=null'],
    ...['settings.scenes.0.startTime=0.5', `settings.scenes.0.picture=${uuid}`],
    ...['settings.scenes.1={"startTime":2}', 'settings.extra=a=b', 'settings.mood=angry'],
  );
  expect(request).toEqual({
    seed: 7,
    settings: {
      caption: '7',
      loop: false,
      temperature: 0.1,
      region: { points: [1, 2, 3] },
      seed: null,
      scenes: [{ startTime: 0.5, picture: uuid }, { startTime: 2 }],
      extra: 'a=b',
      mood: 'angry',
    },
  });
});

test('--set reads media like options do', async () => {
  const { inputs } = (await requestWith(`inputs={"image":${JSON.stringify(media.video)}}`)) as {
    inputs: object;
  };
  expect(inputs).toEqual({ image: expect.any(Blob) });
  await expect(requestWith('settings.scenes=[{"picture":"none.png"}]')).rejects.toThrow(
    '--set settings.scenes.0.picture "none.png" is a file that does not exist.',
  );
});

test('what does not fit its type stays a text, for the rules to find', async () => {
  expect(await requestWith('seed=0x10', 'settings.loop=yes')).toEqual({
    seed: '0x10',
    settings: { loop: 'yes' },
  });
});

test.each([
  ['settings.temprature=1', 'settings.temprature: there is no such', /settings\.temperature/],
  ['temperature=1', 'temperature: there is no such', /settings\.temperature/],
  ['settings.scenes.startTime=1', 'there is no such', /settings\.scenes\.0\.startTime/],
  ['__proto__.polluted=1', 'there is no such', undefined],
  ['settings.region.points=[1', 'is no JSON', /'settings\.region\.points=\[1, 2\]'/],
  ['settings.scenes.2.startTime=1', 'settings.scenes has 0 elements', /settings\.scenes\.0/],
  ['settings.loop', 'takes a parameter and its value', /--set inputs\./],
])('--set %s is refused', async (setting, message, next) => {
  const error = await requestWith(setting).catch((error) => error);
  expect(error).toMatchObject({ name: 'CommandError', ending: 'badInput' });
  expect(error.message).toContain(message);
  if (next) expect(error.next).toMatch(next);
});
