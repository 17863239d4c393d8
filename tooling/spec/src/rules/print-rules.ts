import { formatOf } from './formats.ts';
import type { Assertion, ListRule, ObjectRule, Rule, ScalarRule } from './rule.ts';
import { decimalsOf, wanted } from './wanted.ts';

/** Text as TypeScript, whatever is in it. */
const quote = (value: unknown): string =>
  typeof value === 'string' && /^[\w .:;,/()@-]*$/.test(value)
    ? `'${value}'`
    : JSON.stringify(value);

const indent = (lines: string[]): string[] => lines.map((line) => line && `  ${line}`);

/** The functions that check a task, as TypeScript. */
export class RulePrinter {
  /** What the functions take from the runtime, by its file. */
  readonly imports = new Map<string, Set<string>>();
  readonly #names = new Map<string, string>();
  readonly #functions = new Map<string, string[]>();
  readonly #constants = new Map<string, string>();

  /** @returns the whole module; it exports the check of the given object. */
  print(name: string, task: ObjectRule): string {
    this.#functionFor(name, task, '');
    const functions = [...this.#functions.values()].map((lines) => lines.join('\n'));
    const constants = [...this.#constants].map(([source, known]) => `const ${known} = ${source};`);
    const imports = [...this.imports].map(
      ([file, names]) => `import { ${[...names].sort().join(', ')} } from './${file}.gen.js';`,
    );
    return [
      imports.join('\n'),
      ...(constants.length ? [constants.join('\n')] : []),
      ...functions,
    ].join('\n\n');
  }

  #use(file: string, name: string): string {
    const names = this.imports.get(file) ?? new Set();
    this.imports.set(file, names.add(name));
    return name.replace(/^type /, '');
  }

  #check = (name: string) => this.#use('checks', name);

  /** The name of the function that checks an object or a list; it is written once. */
  #functionFor(wish: string, rule: ObjectRule | ListRule, property: string): string {
    // Messages name the elements of a list after its property.
    const signature = signatureOf([rule, rule.kind === 'array' && !rule.component && property]);
    const known = this.#names.get(signature);
    if (known) return known;
    const plain = `check${rule.component ?? wish}${rule.isNullable ? 'OrNull' : ''}`;
    const count = [...this.#functions.keys()].filter(
      (other) => other.replace(/_\d+$/, '') === plain,
    );
    const name = count.length > 0 ? `${plain}_${count.length + 1}` : plain;
    this.#names.set(signature, name);
    this.#functions.set(name, []);
    this.#use('findings', 'type Place');
    const isRoot = this.#functions.size === 1;
    const isObject = rule.kind === 'object';
    const guard = this.#use(isObject ? 'findings' : 'checks', isObject ? 'isObject' : 'isList');
    const body = isObject
      ? this.#objectBody(rule, rule.component ?? wish)
      : this.#listBody(rule, rule.component ?? wish, property);
    const words = quote(wanted(rule, property));
    this.#functions.set(name, [
      `${isRoot ? 'export ' : ''}function ${name}(value: unknown, at: Place): void {`,
      ...indent([
        ...(rule.isNullable ? ['if (value === null) return;'] : []),
        `if (!${guard}(value)) return ${this.#check('mistake')}(at, 'type', ${words});`,
        ...body,
      ]),
      '}',
    ]);
    return name;
  }

  #objectBody(rule: ObjectRule, owner: string): string[] {
    // Read by its own name: through a function for all names, long lists take a sixth longer.
    const required = rule.required.map(
      (key) =>
        `if (value[${quote(key)}] === undefined) ${this.#check('missing')}(at, ${quote(key)});`,
    );
    // Properties with the same rules share them.
    const cases = new Map<string, string[]>();
    for (const [key, property] of rule.properties) {
      const statements = this.#statements(property, owner + pascal(key), key, 'property', 'key');
      const body = [...statements, 'break;'].join('\n');
      cases.set(body, [...(cases.get(body) ?? []), key]);
    }
    const branches = [...cases].flatMap(([body, keys]) => [
      ...keys.map((key) => `case ${quote(key)}:`),
      ...indent(body.split('\n')),
    ]);
    const known = quote([...rule.properties.keys()].join(', '));
    const otherwise = rule.isClosed
      ? ['default:', ...indent([`${this.#check('unknown')}(value, at, key, ${known});`])]
      : [];
    return [
      ...required,
      'for (const key in value) {',
      ...indent([
        'const property = value[key];',
        'if (property === undefined) continue;',
        'switch (key) {',
        ...indent([...branches, ...otherwise]),
        '}',
      ]),
      '}',
      ...(rule.component ? [`at.crossField[${quote(rule.component)}]?.(value, at);`] : []),
    ];
  }

  #listBody(rule: ListRule, owner: string, property: string): string[] {
    const { minItems, maxItems, uniqueItems, items } = rule;
    const words = quote(wanted(rule, property));
    const assert = (isBroken: string, keyword: string) =>
      `if (${isBroken}) ${this.#check('mistake')}(at, '${keyword}', ${words});`;
    const statements = this.#statements(items, `${owner}Item`, property, 'item', 'index');
    return [
      ...(minItems ? [assert(`value.length < ${minItems}`, 'minItems')] : []),
      ...(maxItems === undefined ? [] : [assert(`value.length > ${maxItems}`, 'maxItems')]),
      ...(uniqueItems ? [assert(`${this.#check('hasEqual')}(value)`, 'uniqueItems')] : []),
      ...(statements.length > 0
        ? [
            'for (let index = 0; index < value.length; index += 1) {',
            ...indent(['const item = value[index];', ...statements]),
            '}',
          ]
        : []),
    ];
  }

  /** Checks a property or an element. */
  #statements(rule: Rule, wish: string, property: string, value: string, key: string): string[] {
    if (rule.kind === 'object' || rule.kind === 'array') {
      const name = this.#functionFor(wish, rule, property);
      // In long lists it matters that the function is called by its name.
      if (value === 'item') return ['at.path.push(index);', `${name}(item, at);`, 'at.path.pop();'];
      return [`${this.#check('inside')}(${value}, at, ${key}, ${name});`];
    }
    const at = `${value}, at, ${key}`;
    const { kind, assertions, isNullable } = rule;
    const [first, ...more] = assertions;
    if (more.length === 0 && !isNullable) {
      if (!first && kind === 'any') return [];
      if (!first && (kind === 'boolean' || kind === 'string'))
        return [`${this.#check(kind)}(${at});`];
      if (kind === 'string' && first?.kind === 'choices') {
        const values = first.choices.map(quote).join(', ');
        return [`${this.#check('choice')}(${at}, '${first.keyword}', [${values}]);`];
      }
      if (kind === 'string' && first?.kind === 'formats') {
        const { check } = formatOf(first.formats);
        if (check) return [`${this.#check(check)}(${at}, '${first.keyword}');`];
        const accepts = this.#accepts(first.formats);
        return [
          `${this.#check('format')}(${at}, '${first.keyword}', ${accepts}, ${quote(wanted(rule))});`,
        ];
      }
    }
    if (isBounded(rule)) {
      const [minimum, maximum] = ['minimum', 'maximum'].map((keyword) => limitOf(rule, keyword));
      const bounds =
        maximum === undefined ? (minimum === undefined ? [] : [minimum]) : [minimum, maximum];
      return [`${this.#check(kind)}(${[at, ...bounds.map(String)].join(', ')});`];
    }
    const mistake = (keyword: string) =>
      `${this.#check('mistake')}(at, '${keyword}', ${quote(wanted(rule))}, ${key});`;
    const broken = assertions.map(
      (assertion) => `if (${this.#isBroken(assertion, value)}) ${mistake(assertion.keyword)}`,
    );
    const wrongType = this.#isWrongType(rule, value);
    if (!wrongType) return broken;
    const whole = [`if (${wrongType}) ${mistake('type')}`];
    const [only] = broken;
    if (!only) return whole;
    const guarded = isNullable ? `else if (${value} !== null) {` : 'else {';
    if (broken.length === 1 && !isNullable) return [...whole, `else ${only}`];
    return [...whole, guarded, ...indent(broken), '}'];
  }

  #isWrongType({ kind, isNullable }: ScalarRule, value: string): string {
    if (kind === 'any') return '';
    const other = isNullable ? `${value} !== null && ` : '';
    if (kind === 'number') return `${other}!${this.#check('isNumber')}(${value})`;
    if (kind === 'integer') return `${other}!${this.#check('isInteger')}(${value})`;
    return `${other}typeof ${value} !== '${kind}'`;
  }

  #isBroken(assertion: Assertion, value: string): string {
    if (assertion.kind === 'choices') {
      return assertion.choices.map((choice) => `${value} !== ${quote(choice)}`).join(' && ');
    }
    if (assertion.kind === 'formats') return `!${this.#accepts(assertion.formats)}(${value})`;
    const { keyword } = assertion;
    const limit = JSON.stringify(assertion.limit);
    switch (keyword) {
      case 'minimum':
        return `${value} < ${limit}`;
      case 'exclusiveMinimum':
        return `${value} <= ${limit}`;
      case 'maximum':
        return `${value} > ${limit}`;
      case 'exclusiveMaximum':
        return `${value} >= ${limit}`;
      case 'multipleOf': {
        const decimals = decimalsOf(assertion.limit);
        return decimals === undefined
          ? `!${this.#use('decimals', 'isMultipleOf')}(${value}, ${limit})`
          : `!${this.#use('decimals', 'hasDecimals')}(${value}, ${decimals})`;
      }
      case 'minLength':
        return `${this.#check('isShorter')}(${value}, ${limit})`;
      case 'maxLength':
        return `${this.#check('isLonger')}(${value}, ${limit})`;
      case 'pattern':
        return `!${this.#constant(`new RegExp(${limit}, 'u')`)}.test(${value})`;
      default:
        throw new Error(`Nothing is printed for ${keyword}.`);
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
    const name = this.#constants.get(source) ?? `constant${this.#constants.size + 1}`;
    this.#constants.set(source, name);
    return name;
  }
}

function pascal(name: string): string {
  const words = name.match(/[A-Za-z0-9]+/g) ?? [];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The same text for rules of which one function is enough. */
const signatureOf = (rule: unknown): string =>
  JSON.stringify(rule, (_, value) => (value instanceof Map ? [...value] : value));

/** Whether a number has no other limits than a minimum and a maximum. */
function isBounded({ kind, assertions, isNullable }: ScalarRule): boolean {
  const isNumeric = kind === 'number' || kind === 'integer';
  const hasOthers = assertions.some(
    ({ keyword }) => keyword !== 'minimum' && keyword !== 'maximum',
  );
  // Lists of numbers are long, and this is quicker.
  return isNumeric && !isNullable && !hasOthers && (kind === 'integer' || assertions.length > 0);
}

function limitOf({ assertions }: ScalarRule, keyword: string): unknown {
  const found = assertions.find((assertion) => assertion.keyword === keyword);
  return found?.kind === 'limit' ? found.limit : undefined;
}
