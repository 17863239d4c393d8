import { type Parameter, parameters } from '@sync3/generated/parameters';
import { describe, expect, test } from 'vitest';
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

/** A value of the right type. */
function sample({ type, choices, default: initial }: Parameter): unknown {
  if (choices) return choices[0]?.value;
  return initial ?? { string: 'a', boolean: true, number: 1, integer: 1 }[type as 'string'];
}

describe.each(plain)('$name', (parameter) => {
  test('can be given in every kind of request', () => {
    for (const request of requestsWith(parameter, sample(parameter))) {
      expect(editor.messages(request), request).toEqual([]);
    }
  });

  test('a value of another type does not compile', () => {
    for (const request of requestsWith(parameter, { wrong: 'type' })) {
      expect(editor.messages(request), request).not.toEqual([]);
    }
  });
});

describe.each(chosen)('$name', (parameter) => {
  test('takes each choice', () => {
    for (const { value } of parameter.choices ?? []) {
      for (const request of requestsWith(parameter, value)) {
        expect(editor.messages(request), request).toEqual([]);
      }
    }
  });

  test('another value does not compile, and the message lists the choices', () => {
    for (const request of requestsWith(parameter, 'none of them')) {
      const [message, ...more] = editor.messages(request);
      expect(more).toEqual([]);
      expect(message).toMatch(/^Type '"none of them"' is not assignable to type '/);
      for (const { value } of parameter.choices ?? []) {
        expect(message).toContain(JSON.stringify(value));
      }
    }
  });
});

const own = ['taskUUID'];
const explained = plain.filter(({ name, description }) => description && !own.includes(name));

test.each(explained)('hover help on $name has the words of the document', (parameter) => {
  const [request = ''] = requestsWith(parameter, sample(parameter));
  const help = editor.hover(request, parameter.path.at(-1) ?? '');
  const [firstLine = ''] = (parameter.description ?? '').split('\n');
  expect(help).toContain(firstLine);
  if ('default' in parameter) expect(help).toContain('@default ');
  for (const { value, description } of parameter.choices ?? []) {
    if (description) expect(help).toContain(`\`${value}\`: ${description}`);
  }
  if (parameter.maximum !== undefined) expect(help).toContain(`to ${parameter.maximum}.`);
});
