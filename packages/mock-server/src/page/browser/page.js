import { follow } from './connection.js';
import { showDeviations } from './deviations.js';
import { counted, element, existing, setText } from './elements.js';
import { TaskDetail } from './task-detail.js';
import { TaskList } from './task-list.js';

/** @import { ListRow } from '../../control/list-row.js' */

/** The counters of the header, by their name in `/__mock/stats`. */
const counters = {
  requests: 'requests',
  submits: 'submits',
  polls: 'polls',
  charged: 'charged',
  uploads: 'uploads',
  webhooks: 'webhooks',
  faults: 'faults',
  violations: 'violations',
  unknownFields: 'unknown fields',
};
const connectionTexts = { live: 'Live', polling: 'Asking each second', lost: 'Server not reached' };
/** Announcements are collected for so long, in ms, or a busy server would never stop talking. */
const announceAfterMs = 1_000;

const detail = new TaskDetail();
const list = new TaskList(
  (id) => {
    history.replaceState(null, '', id ? `#${encodeURIComponent(id)}` : location.pathname);
    void detail.show(id);
  },
  () => detail.focus(),
);

/** @type {HTMLInputElement} */
const search = existing('search');
const filter = existing('filter');
const applyFilter = () => {
  /** @type {HTMLInputElement | null} */
  const chosen = filter.querySelector('input:checked');
  list.filter(chosen?.value ?? '', search.value);
};
search.addEventListener('input', applyFilter);
filter.addEventListener('change', applyFilter);

document.addEventListener('keydown', (event) => {
  const { target, key } = event;
  const isTyping = target instanceof HTMLInputElement && target.type === 'search';
  if (key === '/' && !isTyping && !event.ctrlKey && !event.metaKey) {
    search.focus();
    event.preventDefault();
  } else if (key === 'Escape' && !document.fullscreenElement) {
    if (isTyping && search.value === '') list.focus();
    if (!isTyping) list.focus();
  } else if (isTyping && (key === 'ArrowDown' || key === 'Enter')) {
    list.focus();
    event.preventDefault();
  }
});

const counts = existing('counts');
/** @type {Map<string, HTMLElement>} */
const countNodes = new Map();
for (const [name, label] of Object.entries(counters)) {
  const value = element('dd', {}, '0');
  countNodes.set(name, value);
  counts.append(element('div', { 'data-name': name }, element('dt', {}, label), value));
}

const connection = existing('connection');
/** @type {ListRow[]} */
let told = [];
let server = '';

follow(
  ({ server: from, rows, stats }) => {
    const isFirst = server !== from;
    if (isFirst && server) {
      list.clear();
      list.select('');
    }
    server = from;
    if (!isFirst) tell(rows.filter((row) => list.row(row.id)?.state !== row.state));
    list.update(rows);
    for (const [name, node] of countNodes) {
      const count = Number(Object.entries(stats).find(([own]) => own === name)?.[1] ?? 0);
      setText(node, count.toLocaleString('en'));
      node.classList.toggle('count-bad', name === 'violations' && count > 0);
    }
    void showDeviations(stats);
    if (rows.some(({ id }) => id === list.selected)) void detail.show(list.selected);
  },
  (state) => {
    connection.dataset['state'] = state;
    setText(connection, connectionTexts[state]);
  },
);

const fromAddress = decodeURIComponent(location.hash.slice(1));
if (/^(task|request) /.test(fromAddress)) list.select(fromAddress);
else void detail.show('');

/**
 * Announces new states: each by its name, or how many when there are several.
 *
 * @param {ListRow[]} changed
 */
function tell(changed) {
  if (told.length === 0 && changed.length > 0) setTimeout(announce, announceAfterMs);
  told.push(...changed);
}

function announce() {
  const latest = new Map(told.map((row) => [row.id, row]));
  told = [];
  const [only] = latest.values();
  if (latest.size === 1 && only) {
    setText(existing('announcements'), `${only.title}: ${only.state}`);
    return;
  }
  /** @type {Map<string, number>} */
  const byState = new Map();
  for (const { state } of latest.values()) byState.set(state, (byState.get(state) ?? 0) + 1);
  const parts = [...byState].map(([state, count]) => `${count} ${state}`);
  setText(existing('announcements'), `${counted(latest.size, 'task')}: ${parts.join(', ')}`);
}
