import { formatOf } from './formats.ts';
import type { Assertion, ListRule, ObjectRule, Rule, ScalarRule } from './rule.ts';
import { decimalsOf, wanted } from './wanted.ts';

/** The checks of a task, as TypeScript: one constant for each object, built of the runtime's checks. */
export class RulePrinter {
  /** What the module takes from the runtime, by its file. */
  readonly #imports = new Map<string, Set<string>>();
  readonly #constants = new Map<string, string>();
  readonly #names = new Map<string, string>();

  /** @returns the whole module; it exports the check of the object as `check` and its name. */
  print(name: string, task: ObjectRule): string {
    this.#use('checks', 'type Check');
    const check = this.#object(task, name);
    const imports = [...this.#imports].map(
      ([file, names]) => `import { ${[...names].sort().join(', ')} } from './${file}.gen.js';`,
    );
    const constants = [...this.#constants].map(([key, value]) => `const ${key} = ${value};`);
    return [imports.join('\n'), ...constants, `export const check${name}: Check = ${check};`].join(
      '\n\n',
    );
  }

  #use(file: string, name: string): string {
    this.#imports.set(file, (this.#imports.get(file) ?? new Set()).add(name));
    return name;
  }

  #call(check: string, ...parts: unknown[]): string {
    const last = parts.findLastIndex((part) => part !== undefined);
    const given = parts.slice(0, last + 1).map((part) => String(part));
    return `${this.#use('checks', check)}(${given.join(', ')})`;
  }

  /** An expression that is the check of a value. */
  #check(rule: Rule, name: string, property: string): string {
    const check = this.#plainCheck(rule, name, property);
    return rule.isNullable && rule.kind !== 'any' ? this.#call('nullable', check) : check;
  }

  #plainCheck(rule: Rule, name: string, property: string): string {
    if (rule.kind === 'object') return this.#object(rule, name);
    return rule.kind === 'array' ? this.#list(rule, name, property) : this.#scalar(rule);
  }

  #object(rule: ObjectRule, wish: string): string {
    const signature = JSON.stringify(
      { ...rule, isNullable: false, properties: [...rule.properties] },
      mapAsList,
    );
    const known = this.#names.get(signature);
    if (known) return known;
    const title = rule.component ?? wish;
    const properties = [...rule.properties].map(
      ([key, property]) =>
        `  ${nameIn(key)}: ${this.#check(property, title + pascal(key), key)},\n`,
    );
    const body = `{\n${properties.join('')}}`;
    const required =
      rule.required.length > 0 || !rule.isClosed ? `[${rule.required.map(quote)}]` : undefined;
    const isOpen = rule.isClosed ? undefined : 'true';
    const name = this.#newName(title);
    this.#names.set(signature, name);
    this.#constants.set(name, this.#call('object', quote(title), body, required, isOpen));
    return name;
  }

  #newName(title: string): string {
    const plain = title.charAt(0).toLowerCase() + title.slice(1);
    const name = isReserved(plain) ? `${plain}Object` : plain;
    const taken = [...this.#names.values()].filter((other) => other.replace(/_\d+$/, '') === name);
    return taken.length > 0 ? `${name}_${taken.length + 1}` : name;
  }

  #list(rule: ListRule, name: string, property: string): string {
    const { items, minItems, maxItems, uniqueItems } = rule;
    const words = quote(wanted(rule, property));
    const isPlain = items.kind === 'number' && items.assertions.length === 0 && !items.isNullable;
    const check = isPlain
      ? this.#call('numbers', words, minItems, maxItems)
      : this.#call('list', this.#check(items, `${name}Item`, property), words, minItems, maxItems);
    return uniqueItems ? this.#call('unique', check, words) : check;
  }

  #scalar(rule: ScalarRule): string {
    const { kind, assertions, isNullable } = rule;
    const [first, ...more] = assertions;
    const limits = Object.fromEntries(
      assertions.map((assertion) => [
        assertion.keyword,
        assertion.kind === 'limit' ? assertion.limit : undefined,
      ]),
    );
    const { minimum, maximum, ...others } = limits;
    if (isNullable) return this.#general(rule);
    if (!first && (kind === 'string' || kind === 'boolean' || kind === 'any'))
      return this.#use('checks', kind);
    if ((kind === 'number' || kind === 'integer') && Object.keys(others).length === 0) {
      return this.#call(kind, minimum, maximum);
    }
    if (kind === 'string' && first && more.length === 0) {
      if (first.kind === 'choices')
        return this.#call('choice', quote(first.keyword), ...first.choices.map(quote));
      if (first.kind === 'formats') {
        const { check } = formatOf(first.formats);
        if (check) return this.#use('checks', check);
        return this.#call(
          'format',
          quote(first.keyword),
          this.#accepts(first.formats),
          quote(wanted(rule)),
        );
      }
    }
    return this.#general(rule);
  }

  #general(rule: ScalarRule): string {
    const type = rule.kind === 'any' ? 'isAnything' : `is${pascal(rule.kind)}`;
    const tests = rule.assertions.map(
      (assertion) => `(${this.#isBroken(assertion)} ? ${quote(` ${assertion.keyword}`)} : '')`,
    );
    const broken = tests.length > 0 ? `(value) => ${tests.join(' + ')}` : undefined;
    if (rule.kind === 'number' && broken) return this.#call('numeric', quote(wanted(rule)), broken);
    return this.#call('scalar', quote(wanted(rule)), this.#use('checks', type), broken);
  }

  /** An expression about `value`. */
  #isBroken(assertion: Assertion): string {
    if (assertion.kind === 'choices') {
      return assertion.choices.map((choice) => `value !== ${quote(choice)}`).join(' && ');
    }
    if (assertion.kind === 'formats') return `!${this.#accepts(assertion.formats)}(value)`;
    const limit = JSON.stringify(assertion.limit);
    switch (assertion.keyword) {
      case 'minimum':
        return `value < ${limit}`;
      case 'exclusiveMinimum':
        return `value <= ${limit}`;
      case 'maximum':
        return `value > ${limit}`;
      case 'exclusiveMaximum':
        return `value >= ${limit}`;
      case 'multipleOf': {
        const decimals = decimalsOf(assertion.limit);
        return decimals === undefined
          ? `!${this.#use('decimals', 'isMultipleOf')}(value, ${limit})`
          : `!${this.#use('decimals', 'hasDecimals')}(value, ${decimals})`;
      }
      case 'minLength':
        return `${this.#use('checks', 'isShorter')}(value, ${limit})`;
      case 'maxLength':
        return `${this.#use('checks', 'isLonger')}(value, ${limit})`;
      case 'pattern':
        return `!${this.#constant(`new RegExp(${limit}, 'u')`)}.test(value)`;
      default:
        throw new Error(`Nothing is printed for ${assertion.keyword}.`);
    }
  }

  /** The function that tells whether text is of one of the formats. */
  #accepts(names: string[]): string {
    const { accepts } = formatOf(names);
    if (accepts) return this.#use('formats', accepts);
    const tests = names.map((name) => {
      const { accepts: own, pattern } = formatOf([name]);
      return own
        ? `${this.#use('formats', own)}(text)`
        : `${this.#constant(`${pattern}`)}.test(text)`;
    });
    return this.#constant(`(text: string) => ${tests.join(' || ')}`);
  }

  #constant(source: string): string {
    const [known] = [...this.#constants].find(([, value]) => value === source) ?? [];
    const name = known ?? `constant${this.#constants.size + 1}`;
    this.#constants.set(name, source);
    return name;
  }
}

/** Text as TypeScript, whatever is in it. */
const quote = (value: unknown): string =>
  typeof value === 'string' && /^[\w .:;,/()@-]*$/.test(value)
    ? `'${value}'`
    : JSON.stringify(value);

/** A name as a key of an object; the one that would be the prototype, too. */
const nameIn = (key: string): string =>
  key === '__proto__' ? `[${quote(key)}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);

const mapAsList = (_: string, value: unknown) => (value instanceof Map ? [...value] : value);

/** Whether the module has the name already, or cannot have it. */
const isReserved = (name: string): boolean =>
  /^(?:any|boolean|choice|format|integer|list|nullable|number|numbers|numeric|object|scalar|string|unique|uri|uuid|mediaReference|hasDecimals|isMultipleOf|is[A-Z]\w*|constant\d+)$/.test(
    name,
  ) || words.includes(name);

const words = [
  ...['arguments', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger'],
  ...['default', 'delete', 'do', 'else', 'enum', 'eval', 'export', 'extends', 'false', 'finally'],
  ...[
    'for',
    'function',
    'if',
    'implements',
    'import',
    'in',
    'instanceof',
    'interface',
    'let',
    'new',
  ],
  ...['null', 'package', 'private', 'protected', 'public', 'return', 'static', 'super', 'switch'],
  ...[
    'this',
    'throw',
    'true',
    'try',
    'typeof',
    'undefined',
    'var',
    'void',
    'while',
    'with',
    'yield',
  ],
];

function pascal(name: string): string {
  const parts = name.match(/[A-Za-z0-9]+/g) ?? [];
  return parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}
