import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { format, inspect } from 'node:util';

/** Every way in which programs, loggers and debuggers show a value, by name. */
const renderings: Record<string, (value: unknown) => unknown> = {
  'JSON.stringify': (value) => JSON.stringify(value),
  'JSON.stringify with the names of all properties': (value) =>
    JSON.stringify(value, Object.getOwnPropertyNames(value)),
  String: (value) => String(value),
  'its own toString': (value) => Object(value).toString(),
  'Error.stack': (value) => Object(value).stack,
  inspect: (value) => inspect(value),
  'inspect with all that is hidden': inspectAll,
  '%s %o %j': (value) => format('%s %o %j', value, value, value),
  'console.log': (value) => printed('log', value),
  'console.dir': (value) => printed('dir', value),
  structuredClone: (value) => inspectAll(structuredClone(value)),
  'Object.entries': (value) => inspectAll(Object.entries(Object(value))),
  'every property that can be reached': (value) => [...textsIn(value)].join('\n'),
};

/** The names of the renderings in which a secret can be read, with what stands around it. */
export function findSecret(value: unknown, secret: string): string[] {
  return Object.entries(renderings).flatMap(([name, render]) => {
    let text: string;
    try {
      text = unescaped(String(render(value)));
    } catch {
      // Cycles, functions and private fields cannot be shown in every way.
      return [];
    }
    const position = text.indexOf(unescaped(secret));
    return position < 0
      ? []
      : [`${name}: …${text.slice(Math.max(position - 60, 0), position + 60)}…`];
  });
}

/** JSON and `inspect` put backslashes before some characters, and before backslashes. */
function unescaped(text: string): string {
  return text.replaceAll('\\', '');
}

function inspectAll(value: unknown): string {
  return inspect(value, {
    depth: Infinity,
    showHidden: true,
    getters: true,
    breakLength: Infinity,
    maxArrayLength: Infinity,
    maxStringLength: Infinity,
  });
}

function printed(method: 'log' | 'dir', value: unknown): string {
  const stream = new PassThrough();
  new Console(stream)[method](value);
  return String(stream.read());
}

/** All names and texts in a value, in what it refers to, and in what it inherits. */
function* textsIn(value: unknown, seen = new Set<unknown>()): Generator<string> {
  if (typeof value !== 'object' && typeof value !== 'function') {
    yield String(value);
    return;
  }
  if (value === null || seen.has(value)) return;
  seen.add(value);
  for (let owner = value; owner && !isBuiltIn(owner); owner = Object.getPrototypeOf(owner)) {
    for (const name of Reflect.ownKeys(owner)) {
      yield String(name);
      yield* textsIn(propertyOf(value, name), seen);
    }
  }
  if (value instanceof Map || value instanceof Set || value instanceof Headers) {
    for (const entry of value) yield* textsIn(entry, seen);
  }
}

/** Whether it is a prototype of the runtime's own: those lead to the whole runtime. */
function isBuiltIn(owner: object): boolean {
  const maker: unknown = Object.getOwnPropertyDescriptor(owner, 'constructor')?.value;
  return typeof maker === 'function' && /\[native code\]/.test(String(maker));
}

function propertyOf(value: object, name: PropertyKey): unknown {
  try {
    return Reflect.get(value, name);
  } catch {
    return undefined;
  }
}
