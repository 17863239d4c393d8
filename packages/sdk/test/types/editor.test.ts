import { type Parameter, parameters } from '@sync3/generated/parameters';
import { expect, test } from 'vitest';
import { openEditor } from './editor.js';
import { requestsWith } from './requests-with.js';

const editor = openEditor();

// What every kind of request takes; the rest is in right.ts and wrong/.
const constrained = ['taskType', 'inputs', 'speech', 'settings.segments', 'settings.tts'];
const isPlain = ({ path, type }: Parameter) =>
  type !== 'object' &&
  type !== 'array' &&
  !path.includes('[]') &&
  !constrained.some((name) => `${path.join('.')}.`.startsWith(`${name}.`)) &&
  !/coordinates|frameNumber/.test(path.at(-1) ?? '');
const nameOf = ({ path }: Parameter) => path.join('.');
const plain = parameters
  .filter(isPlain)
  .map((parameter) => ({ ...parameter, name: nameOf(parameter) }));
const chosen = plain.filter(({ choices }) => choices);

/** Values of the right type; where there are choices, all of them. */
function samples({ type, choices, default: initial }: Parameter): unknown[] {
  if (choices) return choices.map(({ value }) => value);
  return [initial ?? { string: 'a', boolean: true, number: 1, integer: 1 }[type as 'string']];
}

test.each(plain)('$name can be given in every kind of request', (parameter) => {
  const requests = samples(parameter).flatMap((value) => requestsWith(parameter, value));
  expect(editor.messages(requests), requests.join('\n')).toEqual([]);
});

test.each(plain)('$name of another type does not compile', (parameter) => {
  const requests = requestsWith(parameter, { wrong: 'type' });
  expect(editor.messages(requests).length, requests.join('\n')).toBe(requests.length);
});

test.each(chosen)(
  '$name with another value does not compile, and the message lists the choices',
  (parameter) => {
    const requests = requestsWith(parameter, 'none of them');
    const messages = editor.messages(requests);
    expect(messages).toHaveLength(requests.length);
    for (const message of messages) {
      expect(message).toMatch(/^Type '"none of them"' is not assignable to type '/);
      for (const { value } of parameter.choices ?? []) {
        expect(message).toContain(JSON.stringify(value));
      }
    }
  },
);

const own = ['taskUUID'];
const explained = plain.filter(({ name, description }) => description && !own.includes(name));

test.each(explained)('hover help on $name has the words of the document', (parameter) => {
  const [request = ''] = requestsWith(parameter, samples(parameter)[0]);
  const help = editor.hover(request, parameter.path.at(-1) ?? '');
  const [firstLine = ''] = (parameter.description ?? '').split('\n');
  expect(help).toContain(firstLine);
  if ('default' in parameter) expect(help).toContain('@default ');
  for (const { value, description } of parameter.choices ?? []) {
    if (description) expect(help).toContain(`\`${value}\`: ${description}`);
  }
  if (parameter.maximum !== undefined) expect(help).toContain(` ${parameter.maximum}`);
});
