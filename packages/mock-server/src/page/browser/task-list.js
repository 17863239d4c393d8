import { clockTime, counted, element, existing, setText } from './elements.js';

/** @import { ListRow } from '../../control/list-row.js' */

/** The document stays small, whatever the server has done. */
const mostShown = 200;
/** Kept for the search. */
const mostKept = 5_000;
const pageSize = 10;

/** The list of tasks: a listbox, whose selection follows the arrow keys. */
export class TaskList {
  /** @type {Map<string, ListRow>} */
  #rows = new Map();
  /** @type {Map<string, { row: ListRow, node: HTMLElement }>} */
  #shown = new Map();
  /** @type {string[]} */
  #order = [];
  #selected = '';
  #state = '';
  /** @type {string[]} */
  #words = [];
  #isPlanned = false;
  #list = existing('list');
  #summary = existing('summary');
  #onSelect;

  /**
   * @param {(id: string) => void} onSelect
   * @param {() => void} onOpen
   */
  constructor(onSelect, onOpen) {
    this.#onSelect = onSelect;
    this.#list.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && this.#selected) onOpen();
      else if (!this.#move(event.key)) return;
      event.preventDefault();
    });
    this.#list.addEventListener('click', ({ target }) => {
      const option = target instanceof Element && target.closest('[role=option]');
      if (option instanceof HTMLElement) this.select(option.dataset['id'] ?? '');
    });
  }

  get selected() {
    return this.#selected;
  }

  focus() {
    this.#list.focus();
  }

  /** @param {string} id */
  row(id) {
    return this.#rows.get(id);
  }

  clear() {
    this.#rows.clear();
    this.#plan();
  }

  /** @param {ListRow[]} rows */
  update(rows) {
    for (const row of rows) this.#rows.set(row.id, row);
    this.#plan();
  }

  /**
   * Shows the rows in a state that hold every word.
   *
   * @param {string} state '' for all
   * @param {string} text
   */
  filter(state, text) {
    this.#state = state;
    this.#words = text.toLowerCase().split(/\s+/).filter(Boolean);
    this.#list.scrollTop = 0;
    this.#plan();
  }

  /** @param {string} id */
  select(id) {
    if (id === this.#selected) return;
    this.#mark(this.#selected, false);
    this.#selected = id;
    this.#mark(id, true);
    this.#onSelect(id);
  }

  /** @param {string} key */
  #move(key) {
    const at = this.#order.indexOf(this.#selected);
    const last = this.#order.length - 1;
    /** @type {Record<string, number>} */
    const targets = {
      ArrowDown: Math.min(at + 1, last),
      ArrowUp: Math.max(at - 1, 0),
      PageDown: Math.min(at + pageSize, last),
      PageUp: Math.max(at - pageSize, 0),
      Home: 0,
      End: last,
    };
    const id = this.#order[targets[key] ?? -1];
    if (id === undefined) return false;
    this.select(id);
    this.#shown.get(id)?.node.scrollIntoView({ block: 'nearest' });
    return true;
  }

  /** One rendering for all that happens within a frame. */
  #plan() {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    requestAnimationFrame(() => {
      this.#isPlanned = false;
      this.#render();
    });
  }

  #render() {
    const sorted = [...this.#rows.values()].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
    for (const { id } of sorted.splice(mostKept)) this.#rows.delete(id);
    const matching = sorted.filter((row) => this.#matches(row));
    const visible = matching.slice(0, mostShown);
    this.#order = visible.map(({ id }) => id);

    /** @type {ChildNode | null} */
    let place = this.#list.firstChild;
    const kept = new Set(this.#order);
    for (const [id, { node }] of this.#shown) {
      if (kept.has(id)) continue;
      if (place === node) place = node.nextSibling;
      node.remove();
      this.#shown.delete(id);
    }
    for (const row of visible) {
      const node = this.#nodeOf(row);
      if (node === place) place = node.nextSibling;
      else this.#list.insertBefore(node, place);
    }
    this.#mark(this.#selected, true);

    const shownText = visible.length < matching.length ? `The newest ${mostShown} of ` : '';
    const keys = '↑ ↓ choose, Enter opens, / searches';
    setText(this.#summary, `${shownText}${counted(matching.length, 'task')} · ${keys}`);
  }

  /** @param {ListRow} row */
  #matches(row) {
    if (this.#state && row.state !== this.#state) return false;
    if (this.#words.length === 0) return true;
    const text = `${row.title} ${row.taskUUID} ${row.detail} ${row.state}`.toLowerCase();
    return this.#words.every((word) => text.includes(word));
  }

  /** @param {ListRow} row */
  #nodeOf(row) {
    const known = this.#shown.get(row.id);
    if (known?.row === row) return known.node;
    const node = known?.node ?? makeOption(row);
    node.dataset['state'] = row.state;
    const [title, state, facts] = node.querySelectorAll('.row-title, .row-state, .row-facts');
    if (title) setText(title, row.title);
    if (state) setText(state, row.state);
    if (facts) setText(facts, factsOf(row));
    this.#shown.set(row.id, { row, node });
    return node;
  }

  /**
   * @param {string} id
   * @param {boolean} isSelected
   */
  #mark(id, isSelected) {
    const node = this.#shown.get(id)?.node;
    node?.setAttribute('aria-selected', String(isSelected));
    if (!isSelected) return;
    if (node) this.#list.setAttribute('aria-activedescendant', node.id);
    else this.#list.removeAttribute('aria-activedescendant');
  }
}

/** @param {ListRow} row */
function makeOption({ id, at, taskUUID = '' }) {
  return element(
    'div',
    {
      class: 'row',
      id: `row-${id.replace(' ', '-')}`,
      role: 'option',
      'aria-selected': 'false',
      'data-id': id,
    },
    element('span', { class: 'row-title' }),
    element('time', { class: 'row-time' }, clockTime(at)),
    element('span', { class: 'row-state' }),
    element('span', { class: 'row-facts' }),
    element('span', { class: 'row-uuid' }, taskUUID.slice(0, 8)),
  );
}

/** @param {ListRow} row */
function factsOf({ detail, results = 0, settled = 0, polls = 0 }) {
  if (detail) return detail;
  if (results === 0) return '';
  return `${settled} of ${counted(results, 'result')} · ${counted(polls, 'poll')}`;
}
