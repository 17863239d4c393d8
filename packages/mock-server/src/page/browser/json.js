import { element } from './elements.js';

/** @typedef {{ path: string[], text: string }} Note */

/**
 * JSON as a person reads it, each value on a line of its own, with notes at the places they are
 * about.
 *
 * @param {unknown} value
 * @param {string} label
 * @param {Note[]} [notes]
 */
export function renderJson(value, label, notes = []) {
  const block = element('pre', { tabindex: 0, role: 'region', 'aria-label': label });
  /** @type {Map<string, Set<string>>} */
  const byPlace = new Map();
  for (const { path, text } of notes) {
    const place = JSON.stringify(path);
    byPlace.set(place, new Set(byPlace.get(place)).add(text));
  }

  /**
   * @param {(Node | string)[]} content
   * @param {number} depth
   * @param {string[]} [path] of the value that begins here
   */
  const addLine = (content, depth, path) => {
    const texts = path && byPlace.get(JSON.stringify(path));
    const line = element('span', { class: texts ? 'line noted' : 'line' }, '  '.repeat(depth));
    line.append(...content);
    if (texts) line.append(element('span', { class: 'note' }, `  ← ${[...texts].join('; ')}`));
    block.append(line, '\n');
  };

  /**
   * @param {unknown} value
   * @param {string[]} path
   * @param {(Node | string)[]} before
   * @param {string} after
   */
  const add = (value, path, before, after) => {
    const depth = path.length;
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
      const kind = value === null ? 'null' : typeof value;
      const text = element('span', { class: `json-${kind}` }, JSON.stringify(value) ?? 'undefined');
      addLine([...before, text, after], depth, path);
      return;
    }
    const isList = Array.isArray(value);
    addLine([...before, isList ? '[' : '{'], depth, path);
    const entries = Object.entries(value);
    for (const [index, [name, own]] of entries.entries()) {
      const key = element('span', { class: 'json-key' }, JSON.stringify(name));
      const comma = index < entries.length - 1 ? ',' : '';
      add(own, [...path, name], isList ? [] : [key, ': '], comma);
    }
    addLine([(isList ? ']' : '}') + after], depth);
  };

  add(value, [], [], '');
  return block;
}
